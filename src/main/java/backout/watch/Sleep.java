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
    private volatile Instant until = Instant.MAX;

    /** Whether whoever sleeps is to be woken because it is so late. */
    boolean isOver(Instant now) {
        return !now.isBefore(until);
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
