package backout.archive;

import java.time.Instant;
import java.util.List;

/**
 * What an archive holds, in the archive's order; stored beside it as JSON. It is as secret as the
 * archive: the hash of a short secret gives the secret away.
 *
 * @param tool the program and version that wrote it
 * @param excluded the globs that were left out on purpose
 */
public record Manifest(
        int format,
        String release,
        Instant time,
        String host,
        String tool,
        List<String> excluded,
        List<Entry> entries,
        List<String> warnings,
        long archiveBytes,
        String archiveSha256) {
    static final int FORMAT = 1;

    public Manifest {
        excluded = List.copyOf(excluded);
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /** Bytes of content once unpacked. */
    public long bytes() {
        return entries.stream().mapToLong(Entry::size).sum();
    }

    public enum Kind {
        FILE,
        FOLDER,
        LINK
    }

    /**
     * One file, folder or symlink.
     *
     * @param mode the twelve permission bits
     * @param sha256 of a file's content, empty for others
     * @param target what a symlink says, empty for others
     * @param changed it was written to while it was read
     */
    public record Entry(
            String path,
            Kind kind,
            long size,
            int mode,
            long uid,
            long gid,
            Instant modified,
            String sha256,
            String target,
            boolean changed) {
        Entry asChanged() {
            return new Entry(path, kind, size, mode, uid, gid, modified, sha256, target, true);
        }
    }
}
