package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;

/** How time is waited out between two looks. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time);

    /** Really waits; an interrupt ends the work that waits, and is kept. */
    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.of(
                            Phrase.of("the bot is being stopped"),
                            Phrase.of("it goes on when it is started again")));
        }
    }
}
