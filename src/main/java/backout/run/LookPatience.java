package backout.run;

import backout.check.Reading;
import backout.check.Subject;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * How long a look waits for its answer. Around the start of a container the engine takes
 * connections that nobody will ever answer: a look that waits for one of them sees a service late
 * that has been well for seconds. So the first looks are short, and only what really answers slowly
 * gets longer ones.
 */
final class LookPatience {
    static final Duration FULL = Duration.ofSeconds(5);

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final int GROWS = 4;

    private final Duration first;
    private final Map<Subject, Duration> within = new HashMap<>();

    private LookPatience(Duration first) {
        this.first = first;
    }

    /** For a look that is not repeated. */
    static LookPatience full() {
        return new LookPatience(FULL);
    }

    /** For looks that are repeated until they are well. */
    static LookPatience growing() {
        return new LookPatience(FIRST);
    }

    /**
     * Looks, never longer than {@code by}; one that had no answer in its time has more the next.
     */
    Reading look(Subject subject, Deadline by, Function<Duration, Reading> probe) {
        Deadline end = by.atMost(within.getOrDefault(subject, first));
        Duration time = end.left();
        Reading reading = probe.apply(time);
        if (isUsedUp(time, end.left())) {
            within.merge(subject, longer(first), (now, _) -> longer(now));
        }
        return reading;
    }

    /** Clients count in milliseconds and give up a little early. */
    private static boolean isUsedUp(Duration time, Duration left) {
        return left.multipliedBy(20).compareTo(time) < 0;
    }

    private static Duration longer(Duration now) {
        Duration more = now.multipliedBy(GROWS);
        return more.compareTo(FULL) < 0 ? more : FULL;
    }
}
