package backout.serve;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and connections this process may have open, and who may have how many of them. */
record OpenFiles(int limit) {
    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);

    /** What every system gives at least. */
    private static final int USUAL = 1024;

    private static final int MOST_VISITORS = 512;
    private static final int MOST_OF_OURS = 1024;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    /** Without {@code /proc} it is the usual limit. */
    static OpenFiles ofThisProcess() {
        if (!Files.isReadable(LIMITS)) {
            return new OpenFiles(USUAL);
        }
        try {
            return of(Files.readAllLines(LIMITS));
        } catch (IOException e) {
            log.warn("the limit of open files is not known, {} are assumed", USUAL, e);
            return new OpenFiles(USUAL);
        }
    }

    /** From the lines of {@code /proc/PID/limits}: name, soft limit, hard limit, unit. */
    static OpenFiles of(List<String> limits) {
        return limits.stream()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.substring(LINE.length()).strip().split(" +", 2)[0])
                .filter(soft -> soft.matches("[0-9]{1,9}"))
                .map(soft -> new OpenFiles(Integer.parseInt(soft)))
                .findFirst()
                .orElse(new OpenFiles(USUAL));
    }

    /**
     * Connections to the public listener: an eighth, and twice that while closed ones are cleared
     * away. The rest is for the engine, the store, processes and the private listener.
     */
    int visitors() {
        return Math.clamp(limit / 8, 1, MOST_VISITORS);
    }

    /** Connections to the private listener. */
    int ours() {
        return Math.clamp(limit / 4, 1, MOST_OF_OURS);
    }
}
