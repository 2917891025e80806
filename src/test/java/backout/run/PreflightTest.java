package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;

/** What is looked at before a rollback: all at once, and each says what it found. */
class PreflightTest {
    private static final TargetName NAME = new TargetName("sim", "relay");

    private static Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    private static Problem problem(String what) {
        return Problem.of(Phrase.verbatim(what), Phrase.of("mend it"));
    }

    private static Findings look(Duration within, List<Preflight.Look<String>> looks) {
        return new Preflight<>(looks).look(NAME, "all of it", in(within));
    }

    @Test
    void all_look_at_once_and_are_told_in_their_order() {
        var both = new CyclicBarrier(2);
        Preflight.Look<String> first =
                at -> {
                    meet(both);
                    return Findings.amber(Phrase.verbatim("first: " + at));
                };
        Preflight.Look<String> second =
                _ -> {
                    meet(both);
                    return Findings.omitting("data", Phrase.of("the data is not saved"))
                            .and(Findings.amber(Phrase.of("second")));
                };
        Findings found = look(Duration.ofMinutes(1), List.of(first, second));
        assertThat(found.red()).isEmpty();
        assertThat(found.told())
                .containsExactly(
                        Phrase.verbatim("first: all of it"),
                        Phrase.of("second"),
                        Phrase.of("the data is not saved"));
        assertThat(found.omitted()).containsOnlyKeys("data");
        assertThat(found.orStop()).isEqualTo(found);
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await();
        } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void all_that_is_red_stops_whether_it_is_said_or_thrown() {
        Findings found =
                look(
                        Duration.ofMinutes(1),
                        List.of(
                                _ -> Findings.red(problem("no room")),
                                _ -> {
                                    throw new ProblemException(problem("no engine"));
                                }));
        assertThatThrownBy(found::orStop)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactly(problem("no room"), problem("no engine")));
    }

    @Test
    void what_takes_too_long_is_red() {
        var never = new CountDownLatch(1);
        Findings found =
                look(
                        Duration.ofMillis(50),
                        List.of(_ -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            return Findings.fine();
                        }));
        assertThat(found.red())
                .extracting(Problem::what)
                .containsExactly(Phrase.of("a look before the rollback took too long"));
        assertThatThrownBy(found::orStop)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.couldNotLook()).isTrue());
        assertThatThrownBy(found.and(Findings.red(problem("no room")))::orStop)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.couldNotLook()).isFalse());
    }

    @Test
    void our_own_fault_is_no_finding() {
        Preflight.Look<String> ours =
                _ -> {
                    throw new IllegalArgumentException("ours");
                };
        assertThatThrownBy(() -> look(Duration.ofMinutes(1), List.of(ours)))
                .isInstanceOf(IllegalStateException.class);
    }
}
