package backout.run;

import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Tries, all at once and without touching anything, everything that a rollback will need.
 *
 * @param <P> what a plan of this kind would do, before it is one
 */
public record Preflight<P>(List<Look<P>> looks) {
    public Preflight {
        looks = List.copyOf(looks);
    }

    /** What all of them found, in their order; one that takes too long is red. */
    public Findings look(TargetName target, P prospect, Deadline by) {
        var findings = Findings.fine();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Findings>> all =
                    looks.stream()
                            .<Callable<Findings>>map(look -> () -> look.at(prospect))
                            .toList();
            long millis = by.left().toMillis();
            for (Future<Findings> look : threads.invokeAll(all, millis, TimeUnit.MILLISECONDS)) {
                findings = findings.and(result(look));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stop(
                    Phrase.of("the look at {0} was interrupted", target), Phrase.of("ask again"));
        }
        return findings;
    }

    private static Findings result(Future<Findings> look) throws InterruptedException {
        try {
            return look.get();
        } catch (CancellationException e) {
            return Findings.blind(
                    List.of(
                            Problem.of(
                                    Phrase.of("a look before the rollback took too long"),
                                    Phrase.of("ask again"))));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return problem.couldNotLook()
                        ? Findings.blind(problem.problems())
                        : Findings.red(problem.problems());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** One look at what could make a rollback fail half way; it touches nothing. */
    @FunctionalInterface
    public interface Look<P> {
        /**
         * @throws ProblemException is as good as red
         */
        Findings at(P prospect);
    }
}
