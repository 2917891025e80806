package backout.watch;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** When anybody who sleeps is to be woken next, so that nobody is looked at before. */
final class Alarm {
    private final AtomicReference<Instant> next = new AtomicReference<>(Instant.MAX);

    /** Rings at that moment, or sooner. */
    void set(Instant at) {
        next.accumulateAndGet(at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /**
     * Whether it rings. Then it is unset: whoever asked looks at all that sleep, and sets it for
     * those that sleep on. One that begins to sleep meanwhile has set it by itself.
     */
    boolean rings(Instant now) {
        boolean rings = !now.isBefore(next.get());
        if (rings) {
            next.set(Instant.MAX);
        }
        return rings;
    }
}
