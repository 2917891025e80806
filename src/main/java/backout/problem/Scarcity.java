package backout.problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * This machine has no descriptor, process or memory left for something that has not begun yet: that
 * says nothing of who was to be asked, and passes. So it is tried again for a while.
 */
public final class Scarcity {
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** EMFILE and ENFILE, EAGAIN, ENOMEM, ENOBUFS. */
    private static final List<String> WORDS =
            List.of(
                    "Too many open files",
                    "Resource temporarily unavailable",
                    "Cannot allocate memory",
                    "No buffer space available");

    /** Something that needs this machine before it can begin. */
    public interface Beginning<T, E extends Exception> {
        T begin() throws E;
    }

    private Scarcity() {}

    public static boolean isBehind(@Nullable Throwable failure) {
        Throwable at = failure;
        // a cause may be its own cause's cause
        for (int depth = 0; at != null && depth < 10; depth++) {
            String said = String.valueOf(at.getMessage());
            if (WORDS.stream().anyMatch(said::contains)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    /**
     * Begins it, again and again while it fails for scarcity.
     *
     * @param within when it is over, or the thread is interrupted, the last failure is thrown
     */
    public static <T, E extends Exception> T outlast(Duration within, Beginning<T, E> work)
            throws E {
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            try {
                return work.begin();
            } catch (Exception e) {
                if (!isBehind(e) || System.nanoTime() > end || isInterruptedIn(PAUSE)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isInterruptedIn(Duration pause) {
        try {
            Thread.sleep(pause);
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
