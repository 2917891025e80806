package backout.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** One of the bot's own threads that goes round until it is stopped, and whether it still does. */
public final class Loop {
    private final String name;
    private final Duration within;
    private final Thread thread;
    private volatile long round = System.nanoTime();

    private Loop(String name, Duration within, Consumer<Loop> body) {
        this.name = name;
        this.within = within;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> body.accept(this));
    }

    /**
     * Starts it in a thread of its own.
     *
     * @param within the longest that one round may take, its pause with it
     * @param body says {@link #round} each time it comes round
     */
    public static Loop start(String name, Duration within, Consumer<Loop> body) {
        var loop = new Loop(name, within, body);
        loop.thread.start();
        return loop;
    }

    public String name() {
        return name;
    }

    public void round() {
        round = System.nanoTime();
    }

    /** How long ago it came round. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - round);
    }

    /** Why it makes no progress; empty while it does. */
    public Optional<String> trouble() {
        if (!thread.isAlive()) {
            return Optional.of("has ended");
        }
        Duration age = age();
        return age.compareTo(within) <= 0
                ? Optional.empty()
                : Optional.of(
                        "has not come round for "
                                + age.toSeconds()
                                + " s, should within "
                                + within.toSeconds()
                                + " s");
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Whether each of them ended within that time; false too when the waiting is interrupted. */
    public static boolean haveEnded(Collection<Loop> loops, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        try {
            for (Loop loop : loops) {
                if (!loop.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether it ended within that time. */
    public boolean join(Duration time) throws InterruptedException {
        return thread.join(time);
    }
}
