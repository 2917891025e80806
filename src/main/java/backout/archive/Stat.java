package backout.archive;

import static java.util.Objects.requireNonNull;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/** What the kernel says of a path: lstat, or stat of an open one. */
record Stat(
        int type,
        int mode,
        long uid,
        long gid,
        long size,
        FileTime modified,
        FileTime touched,
        long inode) {
    private static final Map<Integer, Manifest.Kind> KINDS =
            Map.of(
                    0x8000, Manifest.Kind.FILE,
                    0x4000, Manifest.Kind.FOLDER,
                    0xa000, Manifest.Kind.LINK);

    static Stat of(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Of what a descriptor is open on, by its path in {@code /proc}. */
    static Stat ofOpen(Path descriptor) throws IOException {
        return read(descriptor);
    }

    /** Of what comes in a tar, without what a tar does not say. */
    static Stat of(TarArchiveEntry entry) {
        FileTime modified = entry.getLastModifiedTime();
        return new Stat(
                entry.isDirectory() ? 0x4000 : entry.isSymbolicLink() ? 0xa000 : 0x8000,
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getSize(),
                modified,
                modified,
                0);
    }

    private static Stat read(Path path, LinkOption... how) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(
                        path, "unix:mode,uid,gid,size,lastModifiedTime,ctime,ino", how);
        int mode = (Integer) requireNonNull(all.get("mode"));
        return new Stat(
                mode & 0xf000,
                mode & 07777,
                Integer.toUnsignedLong((Integer) requireNonNull(all.get("uid"))),
                Integer.toUnsignedLong((Integer) requireNonNull(all.get("gid"))),
                (Long) requireNonNull(all.get("size")),
                (FileTime) requireNonNull(all.get("lastModifiedTime")),
                (FileTime) requireNonNull(all.get("ctime")),
                (Long) requireNonNull(all.get("ino")));
    }

    /** Empty for sockets, pipes and devices, which have no content to save. */
    Optional<Manifest.Kind> kind() {
        return Optional.ofNullable(KINDS.get(type));
    }
}
