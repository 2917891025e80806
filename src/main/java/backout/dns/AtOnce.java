package backout.dns;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks several questions at the same moment: each is little work and a long way. */
final class AtOnce {
    private AtOnce() {}

    /**
     * Their answers, in the order of the questions.
     *
     * @throws ProblemException the first that one of them threw, when all are over
     */
    static <T> List<T> all(List<Callable<T>> questions) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (Future<T> one : threads.invokeAll(questions)) {
                answers.add(one.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stop(
                    Phrase.of("the look at the name servers was interrupted"),
                    Phrase.of("ask again"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
