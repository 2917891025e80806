package backout.target.compose.file;

import java.nio.file.Path;
import java.util.List;

/**
 * One entry of {@code include}, paths made absolute.
 *
 * @param paths the included file and what is laid over it, at least one
 * @param envFiles empty for the default: {@code .env} of the directory
 */
record Include(List<Path> paths, Path directory, List<Path> envFiles, String where) {
    Include {
        paths = List.copyOf(paths);
        envFiles = List.copyOf(envFiles);
    }
}
