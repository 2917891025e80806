package backout.archive;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are either wholly there after a power cut or not at all, and nobody else's to read.
 */
final class Durable {
    private Durable() {}

    static Path partial(Path target) {
        return target.resolveSibling(target.getFileName() + ".partial");
    }

    /** A new file of mode 0600; what a killed run left under that name goes. */
    static FileChannel create(Path partial) throws IOException {
        Files.deleteIfExists(partial);
        return FileChannel.open(
                partial,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    static void folder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            folder(folder.getParent());
            Files.createDirectories(folder);
            onlyOurs(folder);
        }
    }

    static void onlyOurs(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    static boolean isOpen(Path folder) throws IOException {
        return !Files.getPosixFilePermissions(folder)
                .equals(PosixFilePermissions.fromString("rwx------"));
    }

    static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void publish(Path partial, Path target) throws IOException {
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(target.toAbsolutePath().getParent());
    }

    static void syncFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
