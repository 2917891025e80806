package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Effort;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.run.Outcome.Result;
import backout.run.Scenario.Change;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The process dies at every boundary of every scenario; whoever comes next must end it as if
 * nothing had happened.
 */
@Order(4)
class CrashTest {
    /** How it ended, without what depends on when. */
    private record End(
            Result result,
            Map<String, String> places,
            Set<String> prepared,
            Map<String, Integer> arrivals,
            List<String> about) {}

    private static final class CountDown implements Consumer<String> {
        private int left;
        private int seen;

        private CountDown(int at) {
            left = at;
        }

        @Override
        public void accept(String boundary) {
            seen++;
            if (left-- == 0) {
                throw new Crash(boundary);
            }
        }
    }

    @Test
    void a_crash_at_any_boundary_changes_neither_the_end_nor_how_often_a_step_is_done() {
        int crashes = 0;
        var scenarios = Scenario.all();
        for (Scenario scenario : scenarios) {
            var count = new CountDown(-1);
            End smooth = end(scenario, count);
            assertRight(scenario, smooth);
            for (int at = 0; at < count.seen; at += Effort.stride()) {
                End end = end(scenario, new CountDown(at));
                assertThat(end).as("%s, crash at boundary %d", scenario, at).isEqualTo(smooth);
                crashes++;
            }
        }
        System.out.println(
                "CrashTest: " + scenarios.size() + " scenarios, " + crashes + " crashes");
        assertThat(crashes).isGreaterThan(scenarios.size() * Effort.of(20));
    }

    @Test
    @DisplayName("dying again and again, at every second, third… boundary, still ends right")
    void dying_again_and_again_still_ends_right() {
        List<Scenario> all = Scenario.all();
        for (int at = 0; at < all.size(); at += Effort.stride()) {
            Scenario scenario = all.get(at);
            End smooth = end(scenario, new CountDown(-1));
            for (int every = 7; every <= 13; every += 2) {
                int[] seen = {0};
                int period = every;
                End end =
                        end(
                                scenario,
                                boundary -> {
                                    if (++seen[0] % period == 0 && seen[0] < 400) {
                                        throw new Crash(boundary);
                                    }
                                });
                assertThat(end)
                        .as("%s, crash at every %d. boundary", scenario, every)
                        .isEqualTo(smooth);
            }
        }
    }

    private static End end(Scenario scenario, Consumer<String> boundary) {
        var drive = new Drive(scenario, boundary);
        drive.ask();
        var process = drive.process();
        for (int turns = 0; turns < 500; turns++) {
            try {
                switch (drive.runner(process).drive(Drive.ID)) {
                    case Parked.Over(Outcome outcome) -> {
                        assertOnce(drive.run());
                        assertThat(drive.world.watching).isZero();
                        return new End(
                                outcome.result(),
                                drive.world.places,
                                new TreeSet<>(drive.world.prepared),
                                new TreeMap<>(drive.world.arrivals),
                                drive.about().stream().map(CrashTest::word).toList());
                    }
                    case Parked.Until(var until, int _) -> drive.answer(until);
                    case Parked.Elsewhere _ ->
                            throw new AssertionError("a dead process still holds the lease");
                    case Parked.Halted(Phrase why) -> throw new AssertionError(why);
                }
            } catch (Crash crash) {
                process.die();
                process = drive.process();
            }
        }
        throw new AssertionError(scenario + " never ends: " + drive.run().events());
    }

    @Test
    void a_plan_that_changed_ends_as_people_and_the_new_plan_say() {
        assertThat(ends(Change.NONE)).contains(Result.PROVEN);
        assertThat(ends(Change.PLANNED_ANEW))
                .containsExactly(
                        Result.PROVEN, Result.NOT_APPROVED, Result.NOT_APPROVED, Result.UNDONE);
        assertThat(ends(Change.NO_PLAN)).containsExactly(Result.NOTHING_CHANGED);
        assertThat(ends(Change.CANCELLED)).containsExactly(Result.NOT_APPROVED);
        assertThat(ends(Change.UNCONFIRMED)).containsExactly(Result.NOT_APPROVED);
    }

    private static List<Result> ends(Change change) {
        return Scenario.all().stream()
                .filter(scenario -> scenario.change() == change)
                .map(scenario -> end(scenario, new CountDown(-1)).result())
                .toList();
    }

    private static String word(TargetEvent event) {
        return event.getClass().getSimpleName();
    }

    /** No outcome of a step of one plan stands twice in the journal, and there is one end. */
    private static void assertOnce(Run run) {
        int[] plan = {0};
        var ends =
                run.events().stream()
                        .map(event ->
                                switch (event) {
                                    case RunEvent.Planned _ -> "plan " + ++plan[0];
                                    case RunEvent.StepBegan e ->
                                            "began " + e.step() + e.leg() + " of " + plan[0];
                                    case RunEvent.StepDone e ->
                                            "ended " + e.step() + e.leg() + " of " + plan[0];
                                    case RunEvent.StepFailed e ->
                                            "ended " + e.step() + e.leg() + " of " + plan[0];
                                    case RunEvent.Finished _ -> "finished";
                                    case RunEvent.SwitchBegan _ -> "switch";
                                    case RunEvent.Proven _ -> "proven";
                                    default -> "";
                                })
                        .filter(word -> !word.isEmpty())
                        .toList();
        assertThat(ends).doesNotHaveDuplicates();
    }

    /** What must be true of any end, whatever the crash-free run did. */
    private static void assertRight(Scenario scenario, End end) {
        assertThat(end.arrivals.values()).as("%s", scenario).allMatch(times -> times == 1);
        String edition = scenario.change() == Change.NONE ? "0" : "1";
        assertThat(end.prepared).as("%s", scenario).allMatch(made -> made.endsWith(edition));
        switch (end.result) {
            case PROVEN -> {
                assertThat(end.places.values()).containsOnly("good");
                assertThat(end.about)
                        .containsExactly("Cleared", "MarkedBad", "Locked", "FoundGood");
            }
            case UNDONE -> assertThat(end.places.values()).as("%s", scenario).containsOnly("bad");
            case NOT_APPROVED, NOTHING_CHANGED -> {
                assertThat(end.places.values()).containsOnly("bad");
                assertThat(end.prepared).isEmpty();
                assertThat(end.arrivals).isEmpty();
            }
            case UNDO_FAILED -> assertThat(scenario.undoFailing()).isNotEmpty();
            case KEPT, UNKNOWN -> {
                boolean asked = scenario.soak() != Evidence.Finding.UNKNOWN;
                assertThat(asked && scenario.answer() == RunEvent.Answer.UNDO)
                        .as("%s", scenario)
                        .isFalse();
                assertThat(end.about)
                        .as("%s", scenario)
                        .isSubsetOf("Cleared", "MarkedBad", "Locked");
            }
        }
    }
}
