package backout.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Reads the arguments of every process of this machine, all the time, as anybody on it could. */
final class ArgumentSampler implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");
    private static final long EVERY = 5_000_000;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean goesOn = true;

    ArgumentSampler() {
        Thread.ofPlatform().daemon().name("sampler").start(this::sample);
    }

    private void sample() {
        do {
            try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
                processes.forEach(this::read);
            } catch (IOException e) {
                throw new IllegalStateException("cannot list processes", e);
            }
            LockSupport.parkNanos(EVERY);
        } while (goesOn);
    }

    private void read(Path process) {
        try {
            seen.add(Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip());
        } catch (IOException ended) {
            seen.add("");
        }
    }

    /** Each argument list once. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        goesOn = false;
    }
}
