package backout.host;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Wakes whoever waits for something that is seen by looking. */
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    /** Something may be different now. */
    void ring() {
        rung.release();
    }

    /**
     * Whether it held in time.
     *
     * @param lookAgain how long a change may stay unseen of which nobody rings
     */
    boolean await(BooleanSupplier holds, Duration within, Duration lookAgain)
            throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!holds.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (rung.tryAcquire(Math.min(left, lookAgain.toNanos()), TimeUnit.NANOSECONDS)) {
                rung.drainPermits();
            }
        }
        return true;
    }
}
