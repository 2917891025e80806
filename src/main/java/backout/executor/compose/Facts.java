package backout.executor.compose;

import backout.archive.Unsaved;
import backout.language.Phrase;
import backout.plan.CommonFacts;
import backout.plan.Plan;
import backout.redis.RedisWay;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a plan tells of itself beside its steps: who goes back, how long it takes, who stays. */
final class Facts {
    private Facts() {}

    static List<Plan.Fact> of(Prospect prospect, Unsaved unsaved, Switching switching) {
        Scene scene = prospect.scene();
        List<Member> members = prospect.members();
        String drain = Steps.drain(scene.target(), prospect.wanted());
        List<String> going = members.stream().map(Member::service).toList();
        List<String> others =
                scene.containers().stream()
                        .map(container -> container.labels().getOrDefault(Discovery.SERVICE, ""))
                        .filter(service -> !going.contains(service))
                        .filter(service -> !switching.touched().contains(service))
                        .distinct()
                        .sorted()
                        .toList();
        var facts = new ArrayList<>(CommonFacts.machine(scene.target()));
        if (members.size() > 1) {
            facts.add(
                    new Plan.Fact(
                            Phrase.of("go back together"),
                            Phrase.of(
                                    "{0}, which take their image from the same line",
                                    Phrase.list(members.stream().map(Facts::shown).toList()))));
        }
        facts.add(CommonFacts.downtime(drain));
        if (!switching.touched().isEmpty()) {
            facts.add(
                    new Plan.Fact(
                            Phrase.of("touched as well"),
                            Phrase.list(new TreeSet<>(switching.touched()))));
        }
        if (!others.isEmpty()) {
            facts.add(new Plan.Fact(Phrase.of("not touched"), Phrase.list(others)));
        }
        facts.add(new Plan.Fact(Plan.Fact.DATA, data(prospect, unsaved)));
        return facts;
    }

    private static Phrase data(Prospect prospect, Unsaved unsaved) {
        boolean hasRedis = RedisWay.of(prospect.target().settings()).isPresent();
        boolean savesRedis = hasRedis && !unsaved.has(Unsaved.REDIS);
        boolean savesData = !unsaved.has(Unsaved.DATA);
        if (!prospect.prepares("compose.backup") || !(savesData || savesRedis)) {
            return Phrase.of("not touched; no backup is made");
        }
        if (!savesData) {
            return Phrase.of("not touched; a backup is made first, of Redis alone");
        }
        return hasRedis && !savesRedis
                ? Phrase.of("not touched; a backup is made first, without Redis")
                : Phrase.of("not touched; a backup is made first");
    }

    /** {@code worker: shop/worker:1.1.0} */
    private static Phrase shown(Member member) {
        return Phrase.verbatim(member.service() + " (" + member.choice().source() + ")");
    }
}
