package backout.run;

import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.problem.Problem;
import backout.run.Evidence.Finding;
import backout.run.RunEvent.Answer;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The events of one run, told one after another, with time that passes only when told to. */
final class Told {
    private static final Scenario SCENARIO = Scenario.all().getFirst();
    private static final Problem TROUBLE =
            Problem.of(Phrase.of("the disk is full"), Phrase.of("make room"));

    private final HandClock clock = new HandClock();
    private final World world = new World(SCENARIO, _ -> {});
    private final List<RunEvent> events = new ArrayList<>();
    private List<Plan.Along> along = List.of();

    /** Asked for by anna. */
    Told() {
        this(Drive.ID);
    }

    Told(RunId id) {
        say(
                new RunEvent.Requested(
                        now(),
                        id,
                        "delivery-1",
                        "anna",
                        World.NAME,
                        "sim",
                        "sim relay",
                        "5xx",
                        Map.of(),
                        ""));
    }

    /** Noticed by the bot itself. */
    static Told proposed(@Nullable Duration countdown) {
        var told = new Told();
        var asked = (RunEvent.Requested) told.events.removeFirst();
        var seen =
                new Proposal(
                        "sha256:bad",
                        "2.0",
                        told.now().minus(Duration.ofMinutes(2)),
                        told.now().minus(Duration.ofMinutes(3)),
                        Phrase.of("restarting"),
                        List.of(),
                        Phrase.NONE,
                        countdown);
        return told.say(
                new RunEvent.Requested(
                        told.now(),
                        asked.run(),
                        "proposal:" + asked.run(),
                        Proposal.NOBODY,
                        asked.target(),
                        asked.command(),
                        asked.words(),
                        "",
                        Map.of(),
                        "",
                        "",
                        List.of(),
                        seen));
    }

    Run run() {
        return Run.of(events);
    }

    Next next() {
        return run().next(now());
    }

    /** The outcome that it is to finish with now. */
    Outcome outcome() {
        if (next() instanceof Next.Finish(Outcome outcome)) {
            return outcome;
        }
        throw new AssertionError("not finished: " + next());
    }

    Instant now() {
        return clock.instant();
    }

    String hash() {
        return plan().hash();
    }

    Told pass(Duration time) {
        clock.pass(time);
        return this;
    }

    Told say(RunEvent event) {
        events.add(event);
        return this;
    }

    /** Somebody edited the files: the next plan is another. */
    Told edited() {
        world.edit();
        return this;
    }

    /** The next plan moves these too. */
    Told moving(Plan.Along... others) {
        along = List.of(others);
        return this;
    }

    /** The plan that is made now. */
    Plan drafted() {
        return plan();
    }

    private Plan plan() {
        var site = World.site(SCENARIO);
        return world.plan(
                        site.target(World.NAME).orElseThrow(),
                        new Invocation(site.commands().getFirst(), Map.of()),
                        Ledger.of(List.of()),
                        Deadline.in(Duration.ofMinutes(1), () -> 0))
                .moving(along);
    }

    /** With the people of each level on call. */
    Told planned(Policy policy, Map<Integer, List<String>> onCall) {
        return say(new RunEvent.Planned(now(), plan(), policy, Duration.ZERO, onCall, Map.of()));
    }

    /** Ten minutes to confirm, to vote and to answer; one vote. */
    Told planned() {
        var site = World.site(SCENARIO);
        var policy = site.policyOf(site.target(World.NAME).orElseThrow());
        return say(new RunEvent.Planned(now(), plan(), policy, Duration.ofSeconds(25)));
    }

    Told confirmed() {
        return say(new RunEvent.Confirmed(now(), "anna", hash()));
    }

    Told voted(boolean yes) {
        return say(new RunEvent.Voted(now(), new Vote(now(), "ben", 2, yes, hash(), "")));
    }

    Told began(int step, Leg leg) {
        return say(new RunEvent.StepBegan(now(), step, leg));
    }

    Told did(int step, Leg leg) {
        return began(step, leg).say(new RunEvent.StepDone(now(), step, leg, Phrase.NONE));
    }

    Told failed(int step, Leg leg) {
        return began(step, leg)
                .say(new RunEvent.StepFailed(now(), step, leg, TROUBLE, Phrase.NONE, List.of()));
    }

    Told prepared() {
        return did(0, Leg.FORWARD).did(1, Leg.FORWARD);
    }

    Told checked(Moment moment, Finding finding, int ranks) {
        var row =
                new Evidence.Row(
                        "well",
                        Phrase.verbatim(finding.name()),
                        Phrase.of("WELL"),
                        finding,
                        true,
                        "");
        var evidence = new Evidence(finding, List.of(row), ranks, List.of(), Duration.ZERO);
        return say(new RunEvent.Checked(now(), moment, evidence, null));
    }

    /** Approved and begun; before, the checks found this. */
    Told switching(Finding before, int ranks) {
        planned().confirmed().prepared().checked(Moment.BASELINE, before, ranks).voted(true);
        return say(new RunEvent.SwitchBegan(now(), List.of("ben")));
    }

    Told switched(Finding before, int ranks) {
        return switching(before, ranks).did(2, Leg.FORWARD).did(3, Leg.FORWARD);
    }

    /** No worse than before, so that a person decides. */
    Told asked(Finding finding) {
        return switched(Finding.UNWELL, 2).unwellAndAsked(finding);
    }

    Told unwellAndAsked(Finding finding) {
        checked(Moment.AFTER_SWITCH, finding, finding == Finding.UNKNOWN ? -1 : 2);
        var until = now().plus(Duration.ofMinutes(10));
        return say(new RunEvent.Asked(now(), Phrase.of("is it well?"), until));
    }

    Told answered(String by, Answer answer) {
        return say(new RunEvent.Answered(now(), by, answer, ""));
    }

    Told proven(Duration soak) {
        switched(Finding.UNWELL, 2).checked(Moment.AFTER_SWITCH, Finding.WELL, 0);
        return say(new RunEvent.Proven(now(), now().plus(soak)));
    }

    Told undoing() {
        switched(Finding.UNWELL, 2).checked(Moment.AFTER_SWITCH, Finding.UNWELL, 3);
        return say(new RunEvent.UndoDecided(now(), "backout", Phrase.of("it is worse")));
    }

    Told settled(String... amiss) {
        return say(
                new RunEvent.Settled(
                        now(), List.of(), Stream.of(amiss).map(Phrase::verbatim).toList()));
    }
}
