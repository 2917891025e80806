package backout.report;

import java.time.Duration;
import java.time.Instant;

/** How long a chat that takes nothing now is left alone. One thread at a time. */
final class BackOff {
    private final Duration first;
    private final Duration longest;
    private Instant until = Instant.MIN;
    private Duration last = Duration.ZERO;

    /** As a chat is left alone, for whose cards people wait. */
    BackOff() {
        this(Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    /**
     * @param first pause, which is doubled each time
     * @param longest it never gets longer
     */
    BackOff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

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
        Duration doubled = last.isZero() ? first : last.multipliedBy(2);
        last = doubled.compareTo(longest) < 0 ? doubled : longest;
        Duration wait = wanted.isZero() ? last : wanted;
        until = now.plus(wait);
        return wait;
    }

    /** The chat took something: the next pause is a short one again. */
    void forget() {
        last = Duration.ZERO;
    }
}
