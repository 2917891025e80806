package backout.bench;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a benchmark made and must not leave behind, the latest first; also when it is interrupted by
 * Ctrl-C.
 */
final class Leavings implements AutoCloseable {
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    /** Is closed at the end, whatever happens; returns it. */
    synchronized <T extends AutoCloseable> T add(T one) {
        made.push(one);
        return one;
    }

    private synchronized @Nullable AutoCloseable next() {
        return made.isEmpty() ? null : made.pop();
    }

    /** May be called from several threads: each thing is closed once. One that fails is told. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        for (AutoCloseable one = next(); one != null; one = next()) {
            try {
                one.close();
            } catch (Exception | AssertionError e) {
                System.err.println("could not be removed: " + one + ": " + e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
