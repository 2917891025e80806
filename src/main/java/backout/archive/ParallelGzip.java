package backout.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses pieces of a file on several threads. Each is a gzip member of its own, and by RFC 1952
 * (2.2) a file of several members is one gzip file: every gzip and tar unpacks it.
 */
final class ParallelGzip extends OutputStream {
    private static final int PIECE = 1 << 20;

    private final OutputStream out;
    private final ExecutorService threads;
    private final int most;
    private final Deque<Future<byte[]>> underWay = new ArrayDeque<>();
    private byte[] piece = new byte[PIECE];
    private int filled;
    private boolean any;
    private boolean closed;

    ParallelGzip(OutputStream out, int workers) {
        this.out = out;
        this.most = workers * 2;
        this.threads =
                Executors.newFixedThreadPool(
                        workers, Thread.ofPlatform().daemon().name("gzip ", 1).factory());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int n = Math.min(PIECE - filled, length - done);
            System.arraycopy(from, offset + done, piece, filled, n);
            filled += n;
            done += n;
            if (filled == PIECE) {
                handOver();
            }
        }
    }

    private void handOver() throws IOException {
        byte[] full = filled == PIECE ? piece : Arrays.copyOf(piece, filled);
        underWay.add(threads.submit(() -> member(full)));
        piece = new byte[PIECE];
        filled = 0;
        any = true;
        while (underWay.size() > most) {
            writeFirst();
        }
    }

    private void writeFirst() throws IOException {
        try {
            out.write(underWay.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was compressed");
        } catch (ExecutionException e) {
            throw new IOException("it could not be compressed", e.getCause());
        }
    }

    private static byte[] member(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream(content.length / 4);
        try (var gzip = new Fast(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    /** At level 1: a backup is waited for, and the next levels save a tenth for twice the time. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Ends the file and closes what lies below; an empty file is one empty member. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (filled > 0 || !any) {
                handOver();
            }
            while (!underWay.isEmpty()) {
                writeFirst();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
