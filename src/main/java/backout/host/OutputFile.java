package backout.host;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a process that may outlive the bot writes to; only its owner can read it. */
final class OutputFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OutputFile.class);

    private final Path file;

    private OutputFile(Path file) {
        this.file = file;
    }

    static OutputFile open() throws IOException {
        return new OutputFile(Scratch.file());
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
