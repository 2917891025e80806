package backout.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands still until a test moves it. */
public final class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-03-01T02:14:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }
}
