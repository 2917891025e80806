package backout.archive;

import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads a tar while somebody else writes it. */
final class FarStream {
    private static final int BUFFER = 1 << 18;

    private FarStream() {}

    /** Writes a whole tar, and returns or throws when that is over. */
    interface Writing {
        void into(OutputStream out);
    }

    /** Is given one entry after the other. */
    interface Entries {
        /**
         * @return whether more is wanted
         */
        boolean take(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    /**
     * Returns when both are done, or nothing more is wanted.
     *
     * @throws ProblemException when whoever writes could not go on
     */
    static void read(Writing writing, Entries entries) throws IOException {
        Pipe pipe = Pipe.open();
        var writer = new FutureTask<Void>(() -> write(writing, pipe), null);
        Thread.ofPlatform().daemon().name("far content").start(writer);
        boolean whole;
        try {
            whole = read(pipe, entries);
        } catch (IOException broken) {
            throw why(writer, broken);
        } catch (RuntimeException e) {
            throw ended(writer, e);
        } catch (Error e) {
            throw ended(writer, e);
        }
        if (whole) {
            end(writer);
        }
    }

    private static void write(Writing writing, Pipe pipe) {
        try (var out = Channels.newOutputStream(pipe.sink())) {
            writing.into(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean read(Pipe pipe, Entries entries) throws IOException {
        try (var raw = new BufferedInputStream(Channels.newInputStream(pipe.source()), BUFFER);
                var tar = new TarArchiveInputStream(raw, "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entries.take(entry, tar)) {
                    return false;
                }
            }
            raw.transferTo(OutputStream.nullOutputStream());
            return true;
        }
    }

    /** Whoever reads hears only that it ended; whoever writes knows why. */
    private static IOException why(FutureTask<Void> writer, IOException broken) {
        try {
            end(writer);
        } catch (ProblemException known) {
            known.addSuppressed(broken);
            throw known;
        } catch (RuntimeException other) {
            broken.addSuppressed(other);
        }
        return broken;
    }

    /** Clean-up never hides why it was needed. */
    private static <E extends Throwable> E ended(FutureTask<Void> writer, E cause) {
        try {
            end(writer);
        } catch (RuntimeException other) {
            cause.addSuppressed(other);
        }
        return cause;
    }

    private static void end(FutureTask<Void> writer) {
        try {
            writer.get();
        } catch (InterruptedException e) {
            writer.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(e.getCause());
        }
    }
}
