package backout.archive;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is open to be read, and is one: what was a file when it was looked at may be a pipe
 * by now, and who opens a pipe waits until somebody writes into it. The JDK opens only what it can
 * read, so the kernel is asked for the place alone (open(2), O_PATH), which waits for nobody and
 * wakes no device; what lies there can be told then, and is the same when it is opened for good.
 *
 * @param stat of what is open, whatever bears its name by now
 */
record PlainFile(InputStream content, Stat stat) implements AutoCloseable {
    private static final int PLACE_CLOSED_ON_EXEC = 0x200000 | 0x80000;

    /** O_NOFOLLOW is another bit on each machine. */
    private static final Map<String, Integer> NO_FOLLOW =
            Map.of("amd64", 0x20000, "aarch64", 0x8000);

    /** Made when the first file is saved, which most processes never do. */
    private static final class Native {
        private static final MethodHandle OPEN =
                function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);

        @SuppressWarnings("restricted")
        private static MethodHandle function(String name, ValueLayout... takes) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, takes));
        }

        static int open(Path path, int flags) throws IOException {
            try (var memory = Arena.ofConfined()) {
                byte[] name = EntryName.raw(path);
                MemorySegment text = memory.allocate(name.length + 1L);
                MemorySegment.copy(name, 0, text, ValueLayout.JAVA_BYTE, 0, name.length);
                return (int) OPEN.invokeExact(text, flags);
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("C functions throw nothing", e);
            }
        }

        static void close(int place) {
            try {
                int _ = (int) CLOSE.invokeExact(place);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("C functions throw nothing", e);
            }
        }
    }

    /**
     * Empty where there is something else by now: a link, a pipe, a device, a folder.
     *
     * @throws java.nio.file.NoSuchFileException when it is gone
     */
    static Optional<PlainFile> open(Path path) throws IOException {
        Integer noFollow = NO_FOLLOW.get(System.getProperty("os.arch"));
        if (noFollow == null || !Files.isDirectory(Path.of("/proc/self/fd"))) {
            return elsewhere(path);
        }
        int place = Native.open(path, PLACE_CLOSED_ON_EXEC | noFollow);
        if (place < 0) {
            Stat.of(path); // whose exceptions say why
            throw new FileSystemException(path.toString(), null, "Too many open files");
        }
        try {
            Path there = Path.of("/proc/self/fd/" + place);
            Stat stat = Stat.ofOpen(there);
            return isPlain(stat)
                    ? Optional.of(new PlainFile(Files.newInputStream(there), stat))
                    : Optional.empty();
        } finally {
            Native.close(place);
        }
    }

    /** Without a way to ask for the place: only a moment lies between the look and the opening. */
    private static Optional<PlainFile> elsewhere(Path path) throws IOException {
        Stat stat = Stat.of(path);
        return isPlain(stat)
                ? Optional.of(
                        new PlainFile(
                                Files.newInputStream(
                                        path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
                                stat))
                : Optional.empty();
    }

    private static boolean isPlain(Stat stat) {
        return stat.kind().filter(kind -> kind == Manifest.Kind.FILE).isPresent();
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
