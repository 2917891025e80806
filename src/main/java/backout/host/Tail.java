package backout.host;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Reads a stream to its end on a thread of its own and keeps the last part, or hands all of it on
 * and keeps nothing.
 */
final class Tail {
    private final InputStream from;
    private final Thread reader;
    private final LastBytes last;
    private final @Nullable OutputStream into;
    private final Runnable broken;
    private @Nullable IOException refused;

    private Tail(InputStream from, int maxBytes, @Nullable OutputStream into, Runnable broken) {
        this.from = from;
        this.into = into;
        this.broken = broken;
        this.last = new LastBytes(maxBytes);
        this.reader = Thread.ofPlatform().daemon().name("output").unstarted(this::readAll);
    }

    static Tail reading(InputStream from, int maxBytes) {
        return started(new Tail(from, maxBytes, null, () -> {}));
    }

    /**
     * What the command asks to be done with its standard output.
     *
     * @param broken done when nothing more is taken where it is handed on to
     */
    static Tail reading(InputStream from, Command command, Runnable broken) {
        return started(new Tail(from, command.maxBytes(), command.into().orElse(null), broken));
    }

    private static Tail started(Tail tail) {
        tail.reader.start();
        return tail;
    }

    /** Waits for the last of it, where it is handed on; also for one that takes it slowly. */
    Output all(Duration kept, Duration handedOn) {
        Output output = within(into == null || handedOn.compareTo(kept) < 0 ? kept : handedOn);
        IOException failure = refused();
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
        return output;
    }

    /** Why nothing more is taken where it is handed on to. */
    synchronized @Nullable IOException refused() {
        return refused;
    }

    /** What came; not whole when the stream is still open after {@code wait}. */
    Output within(Duration wait) {
        var isOver = joined(wait);
        return last.output(isOver);
    }

    private boolean joined(Duration wait) {
        var isInterrupted = Thread.interrupted();
        try {
            return reader.join(wait);
        } catch (InterruptedException _) {
            isInterrupted = true;
            return false;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void readAll() {
        var chunk = new byte[8192];
        try (from) {
            for (var read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                take(chunk, read);
            }
        } catch (IOException _) {
            // The process was killed in the middle of a write, or nobody takes more of it
            last.markCut();
        }
    }

    private void take(byte[] chunk, int count) throws IOException {
        if (into == null) {
            last.add(chunk, 0, count);
            return;
        }
        try {
            into.write(chunk, 0, count);
        } catch (IOException e) {
            refuse(e);
            broken.run();
            throw e;
        }
    }

    private synchronized void refuse(IOException why) {
        refused = why;
    }
}
