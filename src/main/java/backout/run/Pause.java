package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;

import java.time.Duration;

/** Lets time pass between two looks: a thread's sleep in life. */
@FunctionalInterface
public interface Pause {
    void pause(Duration time) throws InterruptedException;

    /** An interrupt ends the work that waits, and is kept. */
    default void waitFor(Duration time) {
        try {
            pause(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stop(
                    Phrase.of("the bot is being stopped"),
                    Phrase.of("it goes on when it is started again"));
        }
    }
}
