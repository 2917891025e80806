package backout.executor.dns;

import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.run.Deadline;
import backout.run.Draft;
import backout.run.Findings;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Looks where the names lead, and says what would be done to lead them elsewhere. */
record Planner(Site site, Preflight<Prospect> preflight) {
    static final String SWITCH = "dns.switch";
    static final String START = "dns.start-standby";

    Outlook look(Request request, Instant at, Deadline by) {
        Records now = site.now();
        Records standby = site.standby(now);
        return new Seen(
                this,
                request,
                now,
                standby,
                request.ledger().shown(now.identity(), now.place()),
                new Places(standby, request.ledger(), at),
                by);
    }

    /** What of the plan's ground no longer holds. */
    List<Phrase> changed(Plan plan) {
        Records now = site.now();
        return plan.steps().stream()
                .filter(step -> List.of(SWITCH, TtlPlanner.TTL).contains(step.action()))
                .filter(step -> step.target().equals(site.target().name()))
                .filter(step -> !RecordMove.id(step, now).equals(step.from()))
                .map(step ->
                        Phrase.of(
                                "somebody changed the records: {0}",
                                Records.parse(step.need("before")).shown(now)))
                .toList();
    }

    private record Seen(
            Planner planner,
            Request request,
            Records now,
            Records standby,
            Plan.Shown from,
            Releases releases,
            Deadline by)
            implements Outlook {
        @Override
        public List<Phrase> objections(Chosen choice) {
            return choice.identity().equals(standby.identity())
                    ? List.of()
                    : List.of(Phrase.of("it is not the standby; who wants it names it"));
        }

        @Override
        public Draft draft(Chosen choice) {
            var site = planner.site;
            var prospect =
                    new Prospect(
                            site, request.wanted(), now, Records.parse(choice.source()), choice);
            Findings findings = planner.preflight.look(site.target().name(), prospect, by).orStop();
            return new Draft(
                    choice,
                    steps(prospect),
                    Draft.Undo.LAST_FIRST,
                    List.of(),
                    List.of(),
                    facts(prospect),
                    findings.told(),
                    List.of());
        }

        private List<Plan.Fact> facts(Prospect prospect) {
            var facts = new ArrayList<Plan.Fact>();
            for (String name : prospect.changed()) {
                Phrase change =
                        Phrase.of("{0} → {1}", now.shown(name), prospect.after().shown(name));
                facts.add(new Plan.Fact(Phrase.verbatim(name), change));
            }
            String first = prospect.site().names().getFirst().replaceAll("^\\*\\.|\\.$", "");
            facts.add(
                    new Plan.Fact(
                            Phrase.of("seen elsewhere"),
                            Phrase.of(
                                    "{0} asks resolvers of many countries",
                                    "https://dnschecker.org/#A/" + first)));
            long kept = prospect.site().kept(now, prospect.after());
            facts.add(
                    new Plan.Fact(
                            Plan.Fact.DOWNTIME,
                            Phrase.of(
                                    "none where it is switched; whoever has the former answer keeps"
                                            + " it for up to {0} s",
                                    kept)));
            facts.add(
                    new Plan.Fact(
                            Plan.Fact.DATA,
                            Phrase.of(
                                    "not moved: what was written at the one place is not at the"
                                            + " other; sessions may be lost")));
            return facts;
        }

        private static Step start(Prospect prospect) {
            var target = prospect.site().target();
            var with = new LinkedHashMap<String, String>();
            with.put("host", target.host());
            with.put("compose", target.settings().text("compose"));
            with.put("url", target.settings().url("url").orElseThrow().toString());
            with.put("names", String.join("\n", prospect.site().names()));
            with.put("addresses", String.join("\n", prospect.after().addresses()));
            with.put("checks", String.join("\n", prospect.checks()));
            with.put(
                    StartTask.HIDE_LOG,
                    Boolean.toString(target.settings().flag(StartTask.HIDE_LOG)));
            with.put(
                    "secrets",
                    String.join(
                            "\n",
                            target.settings().secrets("secrets").entrySet().stream()
                                    .map(one -> one.getKey() + "=" + one.getValue())
                                    .toList()));
            return new Step(
                    START,
                    target.name(),
                    Phase.PREPARE,
                    "",
                    "",
                    with,
                    Phrase.of(
                            "start the standby on {0} in {1}, and see that it is well",
                            target.host(), target.settings().text("compose")));
        }

        private List<Step> steps(Prospect prospect) {
            return prospect.starts()
                    ? List.of(start(prospect), step(prospect))
                    : List.of(step(prospect));
        }

        private Step step(Prospect prospect) {
            var site = prospect.site();
            var with = new LinkedHashMap<>(site.said());
            with.put("before", now.text());
            with.put("after", prospect.after().text());
            return new Step(
                    SWITCH,
                    site.target().name(),
                    Phase.SWITCH,
                    now.identity(),
                    prospect.choice().identity(),
                    with,
                    Phrase.of(
                            "lead {0} to {1}",
                            Phrase.list(site.names()), Phrase.list(places(prospect.after()))));
        }

        private static List<String> places(Records records) {
            return Stream.concat(
                            records.addresses().stream(),
                            records.sets().stream()
                                    .filter(set -> set.type().equals("CNAME"))
                                    .flatMap(set -> set.values().stream()))
                    .distinct()
                    .toList();
        }
    }
}
