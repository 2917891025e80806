package backout.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Between two looks at a run, until somebody says that there is a reason for the next one. */
final class Sleep {
    /** Then it is looked at even when nobody says so. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Semaphore ended = new Semaphore(0);
    private final Alarm alarm;
    private volatile Instant until = Instant.MAX;

    /**
     * @param alarm is set by whoever sleeps
     */
    Sleep(Alarm alarm) {
        this.alarm = alarm;
    }

    /** Whether whoever sleeps here is at work just now. */
    boolean isAwake() {
        return until.equals(Instant.MAX);
    }

    /** Wakes whoever sleeps if it is so late, and else sets the alarm again. */
    void endBy(Instant now) {
        Instant at = until;
        if (now.isBefore(at)) {
            alarm.set(at);
        } else {
            end();
        }
    }

    /** Now, or as soon as it begins. */
    void end() {
        ended.release();
    }

    /**
     * Sleeps, by one thread at a time.
     *
     * @param until tells others when it is over; it is they who end it
     * @return false when the bot is being ended
     */
    boolean sleep(Instant until) {
        this.until = until;
        alarm.set(until);
        try {
            if (ended.tryAcquire(LONGEST.toNanos(), TimeUnit.NANOSECONDS)) {
                ended.drainPermits();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            this.until = Instant.MAX;
        }
    }
}
