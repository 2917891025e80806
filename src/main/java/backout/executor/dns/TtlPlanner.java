package backout.executor.dns;

import backout.check.Quantity;
import backout.dns.Provider;
import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Preflight;
import backout.run.Request;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Plans a change of how long answers are kept, so that people follow soon where the names are led
 * afterwards. The names lead where they led.
 */
record TtlPlanner(Site site, Preflight<Prospect> preflight) {
    static final String TTL = "dns.ttl";

    static boolean isMeant(Request request) {
        return request.wanted().command().swap().contains(TTL);
    }

    /**
     * @throws ProblemException when it cannot be done, or need not
     */
    Plan plan(Request request, Instant at, Deadline by) {
        long wanted = wanted(request);
        Records now = site.now();
        Records after = after(site.provider(), now, wanted);
        if (now.changes(after).isEmpty()) {
            throw ProblemException.ofWords(
                    List.of(
                            Problem.of(
                                    Phrase.of("nothing is to be changed to {0} s", wanted),
                                    Phrase.of("name another time: to 300s"))));
        }
        var prospect =
                new Prospect(site, request.wanted(), now, after, choice(request, now, after, at));
        List<Phrase> told = preflight.look(site.target().name(), prospect, by).orStop().told();
        return plan(prospect, wanted, told);
    }

    private long wanted(Request request) {
        Duration set = site.target().settings().duration("ttl");
        return request.wanted()
                .value("ttl")
                .map(text ->
                        Quantity.duration(text)
                                .filter(time -> time.toSeconds() > 0)
                                .orElseThrow(() -> unclear(text)))
                .orElse(set)
                .toSeconds();
    }

    private static ProblemException unclear(String text) {
        return ProblemException.ofWords(
                List.of(
                        Problem.of(
                                Phrase.of("\"{0}\" is no time that answers can be kept", text),
                                Phrase.of("write for example: to 60s"))));
    }

    /** Lowers what is above; where nothing is, all is raised. What is proxied has its own time. */
    private static Records after(Provider provider, Records now, long ttl) {
        boolean lowers =
                now.sets().stream().anyMatch(set -> !set.proxied() && provider.lasts(set) > ttl);
        return new Records(
                now.sets().stream()
                        .map(set ->
                                set.proxied()
                                                || provider.lasts(set) == ttl
                                                || (lowers && provider.lasts(set) < ttl)
                                        ? set
                                        : set.lasting(ttl))
                        .toList());
    }

    private static Chosen choice(Request request, Records now, Records after, Instant at) {
        String id = now.identity();
        Release release =
                request.ledger()
                        .release(id)
                        .orElse(Release.found(id, now.text(), now.place(), "", at));
        return Chosen.of(new Releases.Had(release, after.text(), id, true));
    }

    private Plan plan(Prospect prospect, long wanted, List<Phrase> warnings) {
        String id = prospect.choice().identity();
        long former = site.kept(prospect.now(), prospect.after());
        List<String> checks =
                prospect.choice().checks(site.target(), prospect.wanted().command().checks());
        return new Plan(
                        site.target().name(),
                        prospect.wanted().command().name(),
                        new Plan.Shown(id, former + "s", Phrase.verbatim(prospect.now().text())),
                        new Plan.Shown(id, wanted + "s", Phrase.verbatim(prospect.after().text())),
                        Phrase.of("how long answers are kept; the names lead where they led"),
                        List.of(step(prospect, wanted)),
                        List.of(0),
                        checks,
                        facts(prospect, former),
                        warnings,
                        List.of(
                                Phrase.of(
                                        "who asked meanwhile keeps the answer for the time that it"
                                                + " was given with")))
                .provingUndoBy(checks);
    }

    private List<Plan.Fact> facts(Prospect prospect, long former) {
        var facts = new ArrayList<Plan.Fact>();
        prospect.changes()
                .forEach(change ->
                        facts.add(new Plan.Fact(Phrase.verbatim(change.name()), change.says())));
        facts.add(
                new Plan.Fact(
                        Phrase.of("shortest"),
                        Phrase.of(
                                "whoever keeps the zone takes {0} s", site.provider().leastTtl())));
        facts.add(
                new Plan.Fact(
                        Phrase.of("former answers"),
                        Phrase.of("are kept for up to {0} s after it: switch later", former)));
        facts.add(new Plan.Fact(Plan.Fact.DOWNTIME, Phrase.of("none")));
        return facts;
    }

    private Step step(Prospect prospect, long wanted) {
        var with = new LinkedHashMap<>(site.said());
        with.put("before", prospect.now().text());
        with.put("after", prospect.after().text());
        return new Step(
                TTL,
                site.target().name(),
                Phase.SWITCH,
                prospect.now().letter(),
                prospect.after().letter(),
                with,
                Phrase.of(
                        "have answers for {0} kept for {1} s",
                        Phrase.list(prospect.changed()), wanted));
    }
}
