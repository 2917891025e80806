package backout.http;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Requests that were refused: the first is told at once, further ones by their number. */
final class Refusals {
    /** Strangers decide how many there are, so they must not decide how much is logged. */
    static final Duration BETWEEN = Duration.ofMinutes(1);

    private final String chat;
    private final Consumer<String> log;
    private final LongSupplier nanos;
    private long untold;
    private long toldAt;

    /**
     * @param chat whose address it is: {@code Slack}
     * @param nanos a clock that only goes forward
     */
    Refusals(String chat, Consumer<String> log, LongSupplier nanos) {
        this.chat = chat;
        this.log = log;
        this.nanos = nanos;
        this.toldAt = nanos.getAsLong() - BETWEEN.toNanos();
    }

    synchronized void note(String why) {
        untold++;
        long now = nanos.getAsLong();
        if (now - toldAt < BETWEEN.toNanos()) {
            return;
        }
        log.accept(
                untold == 1
                        ? "a request to the " + chat + " address was refused: " + why
                        : "%d requests to the %s address were refused, the last: %s"
                                .formatted(untold, chat, why));
        untold = 0;
        toldAt = now;
    }
}
