package backout.target.compose;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.run.Executor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * Asks the service every few milliseconds on a new connection, and sums up how long it did not
 * answer.
 */
final class Watch implements Executor.Pulse {
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(500);

    private final Probe http;
    private final Subject subject;
    private final Thread thread;
    private volatile boolean goesOn = true;
    private boolean everAnswered;
    private long silent;
    private @Nullable Long silentSince;

    Watch(Probe http, Subject subject) {
        this.http = http;
        this.subject = subject;
        this.thread = Thread.ofVirtual().name("downtime watch").start(this::watch);
    }

    private void watch() {
        long lastAnswer = System.nanoTime();
        while (goesOn) {
            long asked = System.nanoTime();
            boolean answers = http.look(subject, ANSWER_WITHIN) instanceof Reading.Answered;
            note(answers, lastAnswer, asked);
            if (answers) {
                lastAnswer = System.nanoTime();
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A gap lasts from the last answer to the first question that is answered again. */
    private synchronized void note(boolean answers, long lastAnswer, long asked) {
        if (answers) {
            if (silentSince != null) {
                silent += asked - silentSince;
                silentSince = null;
            }
            everAnswered = true;
        } else if (silentSince == null && everAnswered) {
            silentSince = lastAnswer;
        }
    }

    /**
     * Empty when the service did not answer to begin with: then the switch did not cause the
     * silence.
     */
    @Override
    public synchronized Optional<Duration> stop() {
        close();
        if (!everAnswered) {
            return Optional.empty();
        }
        long open = silentSince == null ? 0 : System.nanoTime() - silentSince;
        return Optional.of(Duration.ofNanos(silent + open));
    }

    @Override
    public void close() {
        goesOn = false;
        thread.interrupt();
    }
}
