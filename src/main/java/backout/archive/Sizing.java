package backout.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Adds up what would be saved, and opens nothing. */
final class Sizing implements Tree.Visitor {
    private long bytes;
    private long files;
    private long lengths;

    @Override
    public void found(String name, Path path, Stat stat, Manifest.Kind kind) throws IOException {
        files++;
        if (kind != Manifest.Kind.FILE) {
            return;
        }
        if (!Files.isReadable(path)) {
            throw new AccessDeniedException(path.toString());
        }
        bytes += Blocks.inUse(path, stat.size());
        lengths += stat.size();
    }

    Backup.Estimate estimate() {
        return new Backup.Estimate(bytes, files, lengths);
    }
}
