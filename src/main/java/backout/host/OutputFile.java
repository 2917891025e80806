package backout.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a process that may outlive the bot writes to; only its owner can read it. */
final class OutputFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputFile.class);

    private static final Pattern OWNED =
            Pattern.compile("backout-(([0-9]{1,18})-[0-9]{1,18})-[0-9]+\\.out");

    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    static OutputFile open() throws IOException {
        var file = new OutputFile(Files.createTempFile("backout-" + owner() + "-", ".out"));
        removeOrphans(file.file.resolveSibling("."));
        return file;
    }

    /** A process id alone is given again to another process. */
    private static String owner() {
        return owner(ProcessHandle.current());
    }

    private static String owner(ProcessHandle process) {
        return process.pid()
                + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Of bots that were killed: whoever still writes there loses nothing that anybody reads. */
    private static void removeOrphans(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "backout-*.out")) {
            for (Path file : files) {
                if (Files.isWritable(file) && isOrphan(String.valueOf(file.getFileName()))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.warn("output of killed commands stays in {}: {}", folder, e.getMessage());
        }
    }

    private static boolean isOrphan(String name) {
        Matcher owned = OWNED.matcher(name);
        return owned.matches()
                && ProcessHandle.of(Long.parseLong(owned.group(2)))
                        .filter(process -> owner(process).equals(owned.group(1)))
                        .isEmpty();
    }

    Redirect redirect() {
        return Redirect.to(file.toFile());
    }

    /** Its last bytes, at most so many. */
    Output last(int maxBytes) {
        try (var in = Files.newInputStream(file)) {
            long length = Files.size(file);
            in.skipNBytes(Math.max(0, length - maxBytes));
            return new Output(in.readNBytes(maxBytes), length <= maxBytes);
        } catch (IOException e) {
            log.warn("what a command said cannot be read: {}", e.getMessage());
            return new Output(new byte[0], false);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} stays behind: {}", file, e.getMessage());
        }
    }
}
