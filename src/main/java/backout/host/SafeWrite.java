package backout.host;

import backout.language.Phrase;
import backout.problem.Sha256;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces a file of this machine by other bytes, whole or not at all: a temporary file beside it,
 * synced, renamed over it; mode, owner and access list stay. Only if it still holds what the edit
 * started from.
 */
public final class SafeWrite {
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private SafeWrite() {}

    /**
     * What was done.
     *
     * @param file the real file, behind symbolic links
     * @param keptOld where the old bytes are when the file had to be written in place; null after a
     *     rename
     */
    public record Written(Path file, String sha256, @Nullable Path keptOld) {}

    /**
     * Throws ProblemException with the file as it was. Where it cannot be renamed over, because it
     * is a mount of its own or has a second name, it is written in place after its old bytes were
     * saved beside it.
     *
     * @param expectedSha256 of the bytes that the file must hold now
     */
    public static Written write(Path path, byte[] content, String expectedSha256) {
        var file = realFile(path);
        try {
            requireUnchanged(file, expectedSha256);
            var keptOld = hasSecondName(file) ? inPlace(file, content, expectedSha256) : null;
            if (keptOld == null) {
                keptOld = renamed(file, content, expectedSha256);
            }
            requireWritten(file, content);
            return new Written(file, Sha256.of(content), keptOld);
        } catch (IOException failed) {
            throw holds(file, expectedSha256)
                    ? NotWritten.failed(file, reason(failed))
                    : NotWritten.unsure(file, Phrase.verbatim(reason(failed)));
        }
    }

    private static Path realFile(Path path) {
        try {
            var real = path.toRealPath();
            if (Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
                return real;
            }
            throw NotWritten.irregular(path);
        } catch (NoSuchFileException gone) {
            throw NotWritten.gone(path);
        } catch (IOException failed) {
            throw NotWritten.failed(path, reason(failed));
        }
    }

    private static void requireUnchanged(Path file, String expectedSha256) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MAX_BYTES
                || !Sha256.of(Files.readAllBytes(file)).equals(expectedSha256)) {
            throw NotWritten.changed(file);
        }
    }

    private static void requireWritten(Path file, byte[] content) throws IOException {
        if (!Arrays.equals(Files.readAllBytes(file), content)) {
            throw NotWritten.other(file);
        }
    }

    private static @Nullable Path renamed(Path file, byte[] content, String expectedSha256)
            throws IOException {
        var temporary = Files.createTempFile(directory(file), "." + file.getFileName(), ".new");
        try {
            writeSynced(temporary, content, StandardOpenOption.TRUNCATE_EXISTING);
            if (!takesOwnerAndMode(temporary, file) || !hasAllOf(file, temporary)) {
                return inPlace(file, content, expectedSha256);
            }
            requireUnchanged(file, expectedSha256);
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            syncDirectory(directory(file));
            return null;
        } catch (FileSystemException refused) {
            if (!isMount(refused)) {
                throw refused;
            }
            return inPlace(file, content, expectedSha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * False when this process may not give a file to that owner: then the file itself has to stay.
     */
    private static boolean takesOwnerAndMode(Path temporary, Path file) throws IOException {
        var wanted = Files.readAttributes(file, PosixFileAttributes.class);
        var view =
                Files.getFileAttributeView(
                        temporary, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        try {
            var now = view.readAttributes();
            if (!now.owner().equals(wanted.owner())) {
                view.setOwner(wanted.owner());
            }
            if (!now.group().equals(wanted.group())) {
                view.setGroup(wanted.group());
            }
        } catch (FileSystemException _) {
            return false;
        }
        view.setPermissions(wanted.permissions());
        return true;
    }

    /**
     * An access list or a label cannot be copied by everybody: then the file itself has to stay.
     */
    private static boolean hasAllOf(Path file, Path temporary) {
        return ExtendedAttributes.of(temporary).equals(ExtendedAttributes.of(file));
    }

    private static Path inPlace(Path file, byte[] content, String expectedSha256)
            throws IOException {
        var old = Files.readAllBytes(file);
        var kept =
                directory(file)
                        .resolve(file.getFileName() + ".before-" + Sha256.of(old).substring(0, 12));
        // Never opened if it is there: somebody may have planted a link to another file
        Files.deleteIfExists(kept);
        Files.createFile(
                kept,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        writeSynced(kept, old, StandardOpenOption.TRUNCATE_EXISTING);
        syncDirectory(directory(file));
        requireUnchanged(file, expectedSha256);
        try {
            writeSynced(file, content, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException half) {
            putBack(file, old, kept);
            throw half;
        }
        return kept;
    }

    private static void putBack(Path file, byte[] old, Path kept) {
        try {
            writeSynced(file, old, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException _) {
            throw NotWritten.broke(file, kept);
        }
    }

    private static boolean isMount(FileSystemException refused) {
        var reason = refused.getReason();
        return reason != null && reason.contains("busy");
    }

    private static boolean hasSecondName(Path file) throws IOException {
        return Files.getAttribute(file, "unix:nlink") instanceof Integer links && links > 1;
    }

    private static Path directory(Path file) {
        var parent = file.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    /** A link is refused by the system: the path is the real one, so it was planted since. */
    private static void writeSynced(Path file, byte[] content, StandardOpenOption how)
            throws IOException {
        try (var channel =
                FileChannel.open(
                        file, Set.of(StandardOpenOption.WRITE, how, LinkOption.NOFOLLOW_LINKS))) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void syncDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** False also where nobody can look. */
    private static boolean holds(Path file, String sha256) {
        try {
            return Sha256.of(Files.readAllBytes(file)).equals(sha256);
        } catch (IOException _) {
            return false;
        }
    }

    /** The message of a FileSystemException is the path. */
    private static String reason(IOException cause) {
        var said =
                cause instanceof FileSystemException system
                        ? system.getReason()
                        : cause.getMessage();
        return Objects.requireNonNullElse(said, cause.getClass().getSimpleName());
    }
}
