package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Effort;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Answer;
import backout.run.Scenario.Wreck;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run of two targets: barrier between them, one end, one undo, whatever dies in between. */
@Order(4)
class SeveralTargetsTest {
    private static final List<TargetName> OTHERS = List.of(World.SECOND);

    /** What happens to one of the two, or to each. */
    private record Case(Scenario scenario, @Nullable TargetName only) {}

    private record End(
            Result result,
            Map<String, String> places,
            Map<String, Integer> arrivals,
            List<String> first,
            List<String> second) {}

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (TargetName only : new TargetName[] {null, World.NAME, World.SECOND}) {
            for (Finding after : Finding.values()) {
                for (boolean worse : List.of(true, false)) {
                    for (Answer answer : new Answer[] {Answer.UNDO, Answer.KEEP, null}) {
                        cases.add(new Case(scenario("", after, worse, "", answer, null), only));
                    }
                }
            }
            for (String move : List.of("sim.file", "sim.box")) {
                cases.add(new Case(scenario(move, Finding.UNWELL, true, "", null, null), only));
                cases.add(new Case(scenario("", Finding.UNWELL, true, move, null, null), only));
            }
            cases.add(new Case(scenario("sim.pull", Finding.WELL, true, "", null, null), only));
            cases.add(new Case(scenario("", Finding.WELL, true, "", null, Finding.UNWELL), only));
        }
        return cases.stream().distinct().toList();
    }

    private static Scenario scenario(
            String failing,
            Finding after,
            boolean worse,
            String undoFailing,
            @Nullable Answer answer,
            @Nullable Finding soak) {
        return new Scenario(
                failing, Wreck.UNTOUCHED, after, worse, undoFailing, true, answer, soak);
    }

    private static Drive drive(Case one, Consumer<String> boundary) {
        var drive = new Drive(one.scenario(), boundary, OTHERS);
        drive.world.only = one.only();
        return drive;
    }

    @Test
    void a_crash_at_any_boundary_changes_neither_the_end_nor_how_often_a_step_is_done() {
        int crashes = 0;
        for (Case one : cases()) {
            int[] seen = {0};
            End smooth = end(one, _ -> seen[0]++);
            assertRight(one, smooth);
            for (int at = 0; at < seen[0]; at += Effort.stride()) {
                int[] left = {at};
                End end =
                        end(
                                one,
                                boundary -> {
                                    if (left[0]-- == 0) {
                                        throw new Crash(boundary);
                                    }
                                });
                assertThat(end).as("%s, crash at boundary %d", one, at).isEqualTo(smooth);
                crashes++;
            }
        }
        System.out.println(
                "SeveralTargetsTest: " + cases().size() + " cases, " + crashes + " crashes");
        assertThat(crashes).isGreaterThan(cases().size() * Effort.of(20));
    }

    private static End end(Case one, Consumer<String> boundary) {
        var drive = drive(one, boundary);
        drive.ask();
        var process = drive.process();
        for (int turns = 0; turns < 800; turns++) {
            try {
                switch (drive.runner(process).drive(Drive.ID)) {
                    case Parked.Over(Outcome outcome) -> {
                        return end(drive, outcome);
                    }
                    case Parked.Until(var until, int _) -> drive.answer(until);
                    case Parked.Elsewhere _ ->
                            throw new AssertionError("a dead process still holds a lease");
                    case Parked.Halted(var why) -> throw new AssertionError(why.toString());
                }
            } catch (Crash crash) {
                process.die();
                process = drive.process();
            }
        }
        throw new AssertionError(one + " never ends: " + drive.run().events());
    }

    private static End end(Drive drive, Outcome outcome) {
        return new End(
                outcome.result(),
                drive.world.places,
                new TreeMap<>(drive.world.arrivals),
                words(drive, World.NAME),
                words(drive, World.SECOND));
    }

    private static List<String> words(Drive drive, TargetName target) {
        return drive.about(target).stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private static void assertRight(Case one, End end) {
        assertThat(end.arrivals().values()).as("%s", one).allMatch(times -> times == 1);
        switch (end.result()) {
            case PROVEN -> {
                assertThat(end.places().values()).containsOnly("good");
                List<String> proven = List.of("Cleared", "MarkedBad", "Locked", "FoundGood");
                assertThat(end.first()).isEqualTo(proven);
                assertThat(end.second()).isEqualTo(proven);
            }
            case UNDONE -> assertThat(end.places().values()).as("%s", one).containsOnly("bad");
            case NOT_APPROVED, NOTHING_CHANGED -> {
                assertThat(end.places().values()).containsOnly("bad");
                assertThat(end.arrivals()).isEmpty();
            }
            case UNDO_FAILED -> assertThat(one.scenario().undoFailing()).isNotEmpty();
            case KEPT, UNKNOWN ->
                    assertThat(one.scenario().answer()).as("%s", one).isNotEqualTo(Answer.UNDO);
        }
    }

    /** The front end is ill with its release: the back end is not even touched. */
    @Test
    void what_comes_after_a_target_that_is_not_well_is_not_switched() {
        var one = new Case(scenario("", Finding.UNWELL, false, "", Answer.KEEP, null), World.NAME);
        var drive = drive(one, _ -> {});
        drive.ask();
        Outcome outcome = over(drive);
        assertThat(outcome.result()).isEqualTo(Result.KEPT);
        assertThat(outcome.says().toString())
                .contains("sim/web was not switched, for sim/relay is not well");
        assertThat(drive.world.places)
                .containsEntry("sim.box", "good")
                .containsEntry("sim.box of web", "bad");
    }

    @Test
    void only_the_release_that_failed_is_marked_bad_and_both_are_back() {
        var one = new Case(scenario("", Finding.UNWELL, true, "", null, null), World.SECOND);
        End end = end(one, _ -> {});
        assertThat(end.result()).isEqualTo(Result.UNDONE);
        assertThat(end.places().values()).containsOnly("bad");
        assertThat(end.first()).doesNotContain("MarkedBad");
        assertThat(end.second()).contains("MarkedBad");
    }

    @Test
    void the_last_that_was_switched_is_taken_back_first() {
        var one = new Case(scenario("", Finding.UNWELL, true, "", null, null), World.SECOND);
        var drive = drive(one, _ -> {});
        drive.ask();
        over(drive);
        List<String> undone =
                drive.run().events().stream()
                        .filter(RunEvent.StepDone.class::isInstance)
                        .map(RunEvent.StepDone.class::cast)
                        .filter(done -> done.leg() == RunEvent.Leg.UNDO)
                        .map(done -> drive.run().step(done.step()).target().name())
                        .toList();
        assertThat(undone).containsExactly("web", "web", "relay", "relay");
    }

    @Test
    void a_target_of_an_open_run_is_held_whichever_it_is() {
        var one = new Case(scenario("", Finding.WELL, true, "", null, null), null);
        var drive = drive(one, _ -> {});
        drive.ask();
        assertThat(drive.begin(new RunId("8G4MR"), World.SECOND))
                .isEqualTo(new Journal.Begun.Held(Drive.ID));
        over(drive);
        assertThat(drive.begin(new RunId("8G4MR"), World.SECOND))
                .isEqualTo(new Journal.Begun.New(new RunId("8G4MR")));
    }

    private static Outcome over(Drive drive) {
        var runner = drive.runner(drive.process());
        for (int turns = 0; turns < 200; turns++) {
            switch (runner.drive(Drive.ID)) {
                case Parked.Over(Outcome outcome) -> {
                    return outcome;
                }
                case Parked.Until(var until, int _) -> drive.answer(until);
                case Parked.Elsewhere _ -> drive.clock.pass(Duration.ofMinutes(4));
                case Parked.Halted(var why) -> throw new AssertionError(why.toString());
            }
        }
        throw new AssertionError("never ends");
    }

    /** While one process stalls until its leases run out, another takes the run over. */
    @Test
    void lost_leases_never_make_a_wrong_world() {
        long seed = Long.getLong("backout.seed", System.nanoTime());
        System.out.println("SeveralTargetsTest: -Dbackout.seed=" + seed);
        var random = new Random(seed);
        int rounds = Effort.of(1000);
        int[] lost = {0};
        for (int round = 0; round < rounds; round++) {
            Case one = cases().get(random.nextInt(cases().size()));
            var dice = new Random(random.nextLong());
            Drive[] drive = {null};
            Runner[] other = {null};
            boolean[] stalled = {false};
            drive[0] =
                    drive(
                            one,
                            _ -> {
                                if (other[0] != null && !stalled[0] && dice.nextInt(12) == 0) {
                                    stalled[0] = true;
                                    lost[0]++;
                                    drive[0].clock.pass(Duration.ofMinutes(4));
                                    other[0].drive(Drive.ID);
                                    stalled[0] = false;
                                }
                            });
            drive[0].ask();
            other[0] = drive[0].runner(drive[0].process());
            Outcome outcome = over(drive[0]);
            assertThat(drive[0].world.arrivals.values())
                    .as("seed %d round %d: %s", seed, round, one)
                    .allMatch(times -> times == 1);
            assertRightPlaces(outcome, drive[0], "seed " + seed + " round " + round + ": " + one);
        }
        assertThat(lost[0]).isGreaterThan(rounds);
    }

    private static void assertRightPlaces(Outcome outcome, Drive drive, String where) {
        var places = assertThat(drive.world.places.values()).as(where);
        switch (outcome.result()) {
            case PROVEN -> places.containsOnly("good");
            case UNDONE, NOT_APPROVED, NOTHING_CHANGED -> places.containsOnly("bad");
            case KEPT, UNKNOWN, UNDO_FAILED -> places.isNotEmpty();
        }
    }
}
