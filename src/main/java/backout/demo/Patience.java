package backout.demo;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for the real thing: asks again and again until a deadline, or until somebody stops it. */
record Patience(Stage stage, LongSupplier nanos) {
    private static final Duration EVERY = Duration.ofMillis(200);

    /**
     * Returns as soon as it is so.
     *
     * @throws ProblemException when it is not so in time
     * @throws Stopped when somebody asked for the end
     */
    void until(Phrase what, Duration within, BooleanSupplier isSo) {
        long end = nanos.getAsLong() + within.toNanos();
        while (!isSo.getAsBoolean()) {
            Stopped.check(stage);
            if (nanos.getAsLong() - end > 0) {
                throw Problem.stop(
                        Phrase.of("not within {0} s: {1}", within.toSeconds(), what),
                        Phrase.of("Is this machine very busy? Start the demo again"));
            }
            pause();
        }
    }

    private void pause() {
        try {
            stage.pause(EVERY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    /** Somebody asked for the end; all that is left to do is to clean up. */
    static final class Stopped extends RuntimeException {
        /** For whoever goes on with something that takes a while. */
        static void check(Stage stage) {
            if (stage.isStopped()) {
                throw new Stopped();
            }
        }
    }
}
