package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A run that begins without its votes: once, by whoever still may, and never past a freeze. */
class GlassBrokenTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RunId SECOND = new RunId("8F3KQ");

    private final HandClock clock = new HandClock();
    private final World world = new World(Scenario.all().getFirst(), _ -> {});
    private Consumer<String> boundary = _ -> {};
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final MemoryJournal journal = new MemoryJournal(leases, what -> boundary.accept(what));
    private int level = 2;

    private Site site() {
        Site sim = World.site(Scenario.all().getFirst());
        var policy =
                new Policy(
                        "two", 1, 2, HOUR, HOUR, HOUR, false, List.of(), null, List.of(), "", 2, 2,
                        "");
        return new Site(
                sim.commands(),
                sim.targets(),
                Map.of(
                        "anna", new Person("anna", 1, Map.of()),
                        "ben", new Person("ben", level, Map.of()),
                        "dora", new Person("dora", 3, Map.of())),
                Map.of("two", policy));
    }

    private Parked drive() {
        return new Runner(
                        this::site,
                        new Executors(Map.of("sim", world), clock),
                        journal,
                        leases.another(),
                        clock,
                        () -> clock.instant().toEpochMilli() * 1_000_000,
                        clock::pass)
                .drive(Drive.ID);
    }

    private Result end() {
        for (int turns = 0; turns < 200; turns++) {
            try {
                switch (drive()) {
                    case Parked.Over(Outcome outcome) -> {
                        return outcome.result();
                    }
                    case Parked.Until(var until, int _) ->
                            clock.pass(Duration.between(clock.instant(), until));
                    case Parked.Elsewhere _ -> clock.pass(Duration.ofMinutes(4));
                    case Parked.Halted(Phrase why) -> throw new AssertionError(why);
                }
            } catch (Crash died) {
                clock.pass(Duration.ofMinutes(4));
            }
        }
        throw new AssertionError("it never ends");
    }

    private Run run() {
        return Run.of(journal.read(Drive.ID));
    }

    private void ask() {
        ask(Drive.ID, World.NAME);
        var _ = drive();
    }

    private void ask(RunId id, TargetName target) {
        var _ =
                journal.begin(
                        new RunEvent.Requested(
                                clock.instant(),
                                id,
                                "of " + id,
                                "anna",
                                target,
                                "sim",
                                "sim relay",
                                "5xx",
                                Map.of(),
                                ""));
    }

    private void breakGlass() {
        breakGlass(run());
    }

    private void breakGlass(Run run) {
        String plan = run.planned().map(planned -> planned.plan().hash()).orElse("none");
        var event =
                new GlassBroken(clock.instant(), "ben", plan, "fire", 2, List.of("dora"), "slack");
        List<RunEvent> events = List.of(event);
        journal.append(run.id(), run.version(), events, Consequences.of(run, events), null);
    }

    @Test
    void dead_at_any_moment_it_runs_exactly_once() {
        int crashes = 0;
        boolean died = true;
        for (int at = 0; died; at++) {
            var one = new GlassBrokenTest();
            one.ask();
            one.breakGlass();
            int[] left = {at};
            one.boundary =
                    what -> {
                        if (left[0]-- == 0) {
                            throw new Crash(what);
                        }
                    };
            assertThat(one.end()).isEqualTo(Result.PROVEN);
            assertThat(one.world.arrivals.values()).allMatch(times -> times == 1);
            assertThat(Glass.in(one.journal.read(Freeze.SITE))).hasSize(1);
            died = left[0] < 0;
            crashes++;
        }
        assertThat(crashes).isGreaterThan(20);
    }

    @Test
    void it_confirms_the_plan_too_and_nobody_is_called_any_more() {
        ask();
        breakGlass();
        assertThat(run().isConfirmed()).isTrue();
        assertThat(Calls.of(run())).isEmpty();
        assertThat(end()).isEqualTo(Result.PROVEN);
    }

    @Test
    void who_was_demoted_meanwhile_begins_nothing() {
        ask();
        breakGlass();
        level = 1;
        assertThat(end()).isEqualTo(Result.NOTHING_CHANGED);
        assertThat(world.arrivals).isEmpty();
    }

    @Test
    void it_never_goes_past_a_freeze_that_came_between() {
        ask();
        breakGlass();
        journal.append(
                Freeze.SITE,
                List.of(
                        new TargetEvent.Frozen(
                                clock.instant(), "dora", Phrase.of("a"), null, 3, "")));
        assertThat(end()).isEqualTo(Result.NOTHING_CHANGED);
        assertThat(world.arrivals).isEmpty();
    }

    @Test
    void it_never_goes_past_a_lock_that_came_between() {
        ask();
        breakGlass();
        journal.append(
                World.NAME,
                List.of(new TargetEvent.Locked(clock.instant(), "dora", Phrase.of("a"), "")));
        assertThat(end()).isEqualTo(Result.NOTHING_CHANGED);
        assertThat(world.arrivals).isEmpty();
    }

    @Test
    void a_no_before_the_switch_still_wins() {
        ask();
        breakGlass();
        Run run = run();
        var vote =
                new backout.approval.Vote(
                        clock.instant(), "dora", 3, false, run.plan().hash(), "wait");
        journal.append(
                Drive.ID,
                run.version(),
                List.of(new RunEvent.Voted(clock.instant(), vote)),
                List.of(),
                null);
        assertThat(end()).isEqualTo(Result.NOT_APPROVED);
    }

    @Test
    void for_a_plan_that_was_made_anew_it_is_said_again() {
        ask();
        breakGlass();
        world.edit();
        for (int turns = 0; turns < 5 && run().planChanges().isEmpty(); turns++) {
            var _ = drive();
        }
        assertThat(run().planChanges()).isNotEmpty();
        assertThat(run().isConfirmed()).isFalse();
        assertThat(GlassBroken.now(run())).isEmpty();
        assertThat(GlassBroken.of(run())).isPresent();
        breakGlass();
        assertThat(end()).isEqualTo(Result.PROVEN);
        assertThat(Glass.in(journal.read(Freeze.SITE))).hasSize(1);
    }

    @Test
    void the_same_person_begins_no_second_run_so_before_the_first_is_reviewed() {
        ask();
        breakGlass();
        ask(SECOND, TargetName.of("sim/other"));
        Run second = Run.of(journal.read(SECOND));
        assertThatThrownBy(() -> breakGlass(second)).isInstanceOf(Journal.Overtaken.class);
        journal.append(
                Freeze.SITE,
                List.of(
                        new TargetEvent.GlassReviewed(
                                clock.instant(), Drive.ID.text(), "dora", Phrase.of("a"), "")));
        breakGlass(second);
        assertThat(Glass.owed(journal.read(Freeze.SITE), "ben", "")).isPresent();
    }
}
