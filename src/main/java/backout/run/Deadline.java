package backout.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when something may go on, by the process's own monotonic clock: setting the wall clock does
 * not move it.
 */
public final class Deadline {
    private final LongSupplier nanos;
    private volatile long end;

    private Deadline(LongSupplier nanos, long end) {
        this.nanos = nanos;
        this.end = end;
    }

    public static Deadline in(Duration time, LongSupplier nanos) {
        return new Deadline(nanos, nanos.getAsLong() + time.toNanos());
    }

    /** A deadline for a part of the work; never later than this one. */
    public Deadline atMost(Duration time) {
        return new Deadline(
                nanos, Math.min(end - nanos.getAsLong(), time.toNanos()) + nanos.getAsLong());
    }

    /** Moves it to that time from now, for whoever has it; parts that were made of it stay. */
    void extend(Duration time) {
        end = nanos.getAsLong() + time.toNanos();
    }

    /** What is left; zero when it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - nanos.getAsLong()));
    }

    public boolean passed() {
        return left().isZero();
    }
}
