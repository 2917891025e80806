package backout.run;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One of the bot's own threads that goes round until it is stopped, and whether it still does. */
public final class Loop {
    private static final int AT_ONCE = 50;
    private static final Duration APART = Duration.ofMillis(5);

    private final String name;
    private final Duration within;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long round = System.nanoTime();

    private Loop(String name, Duration within, Consumer<Loop> body) {
        this.name = name;
        this.within = within;
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> body.accept(this));
    }

    /**
     * Does something at once and then each time after this pause, until it is stopped; not begun.
     *
     * @param within the longest that one round may take, its pause with it
     */
    public static Loop every(String name, Duration pause, Duration within, Runnable once) {
        return every(name, Duration.ZERO, pause, within, once);
    }

    /** The same, with another pause before the first time. */
    public static Loop every(
            String name, Duration first, Duration pause, Duration within, Runnable once) {
        return new Loop(
                name,
                within,
                loop ->
                        loop.goRound(
                                first,
                                () -> {
                                    once.run();
                                    return pause;
                                }));
    }

    /** The same, where each time says how long the pause after it is. */
    public static Loop paced(
            String name, Duration first, Duration within, Supplier<Duration> once) {
        return new Loop(name, within, loop -> loop.goRound(first, once));
    }

    /**
     * How long one of many waits before its first round: a few begin at once, a thousand would take
     * the time from whoever waits for an answer, and again at each round.
     *
     * @param before how many are there already
     */
    public static Duration turn(int before) {
        return APART.multipliedBy(Math.max(0, before + 1 - AT_ONCE));
    }

    private void goRound(Duration first, Supplier<Duration> once) {
        Duration before = first;
        while (!isStoppedWithin(before)) {
            round();
            before = once.get();
        }
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Begins; called once. */
    public Loop start() {
        thread.start();
        return this;
    }

    /** What it does now is done to the end, and never again. */
    public void stop() {
        stop.countDown();
    }

    public boolean isStopped() {
        return stop.getCount() == 0;
    }

    /**
     * Starts one that makes its own pauses in a thread of its own.
     *
     * @param within the longest that one round may take, its pause with it
     * @param body says {@link #round} each time it comes round
     */
    public static Loop start(String name, Duration within, Consumer<Loop> body) {
        return new Loop(name, within, body).start();
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
        if (!isBegun()) {
            return Optional.empty();
        }
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

    private boolean isBegun() {
        return thread.getState() != Thread.State.NEW;
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

    /** Whether it ended within that time, or was never begun. */
    public boolean join(Duration time) throws InterruptedException {
        return !isBegun() || thread.join(time);
    }
}
