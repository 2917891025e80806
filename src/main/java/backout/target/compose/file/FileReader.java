package backout.target.compose.file;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what compose files point to: {@code extends: {file}}, {@code include} and their env files.
 */
@FunctionalInterface
public interface FileReader {
    /** Empty where no such file is; a file that cannot be read is a ProblemException. */
    Optional<byte[]> read(Path path);
}
