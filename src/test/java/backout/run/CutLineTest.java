package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Outcome.Result;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** The line to where a move happens is cut in the middle of it. */
class CutLineTest {
    private record End(Result result, Map<String, String> places, Map<String, Integer> arrivals) {}

    private final AtomicReference<Drive> drive = new AtomicReference<>();
    private int cuts;

    private Drive drive() {
        return Objects.requireNonNull(drive.get());
    }

    @Test
    void a_cut_anywhere_in_a_move_changes_neither_the_end_nor_how_often_a_step_is_done() {
        for (Scenario scenario : Scenario.all()) {
            End smooth = end(scenario, -1, 0);
            int all = cuts;
            for (int at = 0; at < all; at++) {
                assertThat(end(scenario, at, 3))
                        .as("%s, cut at boundary %d", scenario, at)
                        .isEqualTo(smooth);
            }
        }
    }

    @Test
    void a_line_that_stays_cut_ends_as_unknown_and_names_what_to_look_at() {
        Scenario scenario =
                Scenario.all().stream()
                        .filter(one -> one.failing().isEmpty())
                        .filter(one -> end(one, -1, 0).result() == Result.PROVEN)
                        .findFirst()
                        .orElseThrow();
        end(scenario, 1, Integer.MAX_VALUE);
        assertThat(
                        drive().run().events().stream()
                                .filter(RunEvent.StepFailed.class::isInstance)
                                .map(RunEvent.StepFailed.class::cast)
                                .toList())
                .isNotEmpty()
                .allSatisfy(failed -> {
                    assertThat(failed.present().toString()).contains("unknown");
                    assertThat(failed.problem().toString()).contains("look at the places");
                });
    }

    /**
     * @param at which boundary of a move it is cut at; none where it is negative
     */
    private End end(Scenario scenario, int at, int looks) {
        cuts = 0;
        drive.set(
                new Drive(
                        scenario,
                        boundary -> {
                            if (boundary.matches("(before|after) .*sim\\.(file|box)")
                                    && cuts++ == at) {
                                throw drive().world.cut(looks);
                            }
                        }));
        drive().ask();
        for (int turns = 0; turns < 500; turns++) {
            switch (drive().runner(drive().process()).drive(Drive.ID)) {
                case Parked.Over(Outcome outcome) -> {
                    return new End(
                            outcome.result(),
                            drive().world.places,
                            new TreeMap<>(drive().world.arrivals));
                }
                case Parked.Until(var until, int _) -> drive().answer(until);
                case Parked.Elsewhere _, Parked.Halted _ -> throw new AssertionError(scenario);
            }
        }
        throw new AssertionError(scenario + " never ends");
    }
}
