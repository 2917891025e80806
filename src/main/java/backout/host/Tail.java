package backout.host;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads a stream to its end on a thread of its own and keeps the last part. */
final class Tail {
    private final InputStream from;
    private final int maxBytes;
    private final Thread reader;
    private byte[] kept;
    private int length;
    private boolean isWhole = true;

    private Tail(InputStream from, int maxBytes) {
        this.from = from;
        this.maxBytes = maxBytes;
        this.kept = new byte[Math.min(8192, 2 * maxBytes)];
        this.reader = Thread.ofPlatform().daemon().name("output").unstarted(this::readAll);
    }

    static Tail reading(InputStream from, int maxBytes) {
        var tail = new Tail(from, maxBytes);
        tail.reader.start();
        return tail;
    }

    /** What came; not whole when the stream is still open after {@code wait}. */
    Output within(Duration wait) {
        var isOver = joined(wait);
        synchronized (this) {
            var start = Math.max(0, length - maxBytes);
            return new Output(
                    Arrays.copyOfRange(kept, start, length), isOver && isWhole && start == 0);
        }
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
                keep(chunk, read);
            }
        } catch (IOException _) {
            // The process was killed in the middle of a write.
            markCut();
        }
    }

    private synchronized void markCut() {
        isWhole = false;
    }

    private synchronized void keep(byte[] chunk, int count) {
        if (length + count > kept.length && length > maxBytes) {
            System.arraycopy(kept, length - maxBytes, kept, 0, maxBytes);
            length = maxBytes;
            isWhole = false;
        }
        if (length + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(2 * kept.length, length + count));
        }
        System.arraycopy(chunk, 0, kept, length, count);
        length += count;
    }
}
