package backout.report;

import java.time.Duration;
import java.time.Instant;

/** How long a chat that takes nothing now is left alone. One thread at a time. */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Instant until = Instant.MIN;
    private Duration last = Duration.ZERO;

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /**
     * The chat says how long; where it does not, twice as long as the last time.
     *
     * @param wanted zero where the chat did not say
     * @return how long from now on
     */
    Duration begin(Duration wanted, Instant now) {
        Duration doubled = last.isZero() ? FIRST : last.multipliedBy(2);
        last = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration wait = wanted.isZero() ? last : wanted;
        until = now.plus(wait);
        return wait;
    }

    /** The chat took something: the next pause is a short one again. */
    void forget() {
        last = Duration.ZERO;
    }
}
