package backout.chat.discord;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast Discord lets this bot call: what its answers said of each route, and never more than it
 * takes of anybody in a second. Asking first costs nothing; being refused ten thousand times costs
 * the address: https://docs.discord.com/developers/topics/rate-limits
 */
final class Pace {
    /** Discord refuses past 50; what hurries is not counted here. */
    static final int MOST_A_SECOND = 40;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private final Map<String, Long> emptyUntil = new HashMap<>();
    private final Deque<Long> calls = new ArrayDeque<>();
    private long allUntil;

    /**
     * @param nanos a clock that only goes forward
     */
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        this.allUntil = nanos.getAsLong();
    }

    /**
     * How long to wait before a call.
     *
     * @param everywhere whether no other route may be called sooner
     */
    record Rest(Duration time, boolean everywhere) {}

    /** Of this route; zero counts the call. */
    synchronized Rest before(String route) {
        long now = nanos.getAsLong();
        emptyUntil.values().removeIf(until -> until - now <= 0);
        while (!calls.isEmpty() && now - calls.getFirst() >= SECOND) {
            calls.removeFirst();
        }
        long all = Math.max(0, allUntil - now);
        if (calls.size() >= MOST_A_SECOND) {
            all = Math.max(all, SECOND - (now - calls.getFirst()));
        }
        long own = emptyUntil.getOrDefault(route, now) - now;
        if (all == 0 && own == 0) {
            calls.addLast(now);
        }
        return new Rest(Duration.ofNanos(Math.max(all, own)), all >= own);
    }

    /** An answer said that nothing more is taken there for that long. */
    synchronized void empty(String route, Duration time) {
        emptyUntil.put(route, nanos.getAsLong() + time.toNanos());
    }

    /** Nothing more is taken anywhere. */
    synchronized void empty(Duration time) {
        allUntil = nanos.getAsLong() + time.toNanos();
    }
}
