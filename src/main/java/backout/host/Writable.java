package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Whether a file of this machine could be replaced, or something be put into a folder. Asks the
 * kernel, which knows of owners, access lists, flags and mounts; nothing is written.
 */
final class Writable {
    private Writable() {}

    /** Why not; empty when it could be. */
    static Optional<Problem> look(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)
                ? file(path)
                : folder(path);
    }

    /** A new one is put beside it and renamed over it; where that cannot be, it is overwritten. */
    private static Optional<Problem> file(Path path) {
        try {
            Path file = path.toRealPath();
            Path folder = file.resolveSibling(".").normalize();
            Optional<Problem> cannot = folder(folder);
            if (cannot.isPresent()) {
                return cannot;
            }
            return isReplaced(file) ? Optional.empty() : opened(file);
        } catch (IOException e) {
            return Optional.of(refused(path, Cause.of(e)));
        }
    }

    /** Of a file of our own with one name nothing but the name is changed. */
    private static boolean isReplaced(Path file) throws IOException {
        return !Files.isWritable(file)
                && Files.getOwner(file).equals(Files.getOwner(Path.of("/proc/self")))
                && !Files.getFileStore(file).isReadOnly()
                && Files.getAttribute(file, "unix:nlink").equals(1)
                && !Files.getAttribute(file, "unix:uid").equals(0);
    }

    private static Optional<Problem> opened(Path file) throws IOException {
        try (var _ = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return Optional.empty();
        }
    }

    /** One that is not there yet is made in the nearest that is. */
    private static Optional<Problem> folder(Path path) {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (Files.isDirectory(there) && Files.isWritable(there) && Files.isExecutable(there)) {
            return Optional.empty();
        }
        try {
            return Optional.of(refused(there, why(there)));
        } catch (IOException e) {
            return Optional.of(refused(there, Cause.of(e)));
        }
    }

    private static Phrase why(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return noFolder();
        }
        if (Files.getFileStore(folder).isReadOnly()) {
            return readOnly();
        }
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        return root ? immutable(folder) : strange(Files.getOwner(folder).getName());
    }

    static Phrase noFolder() {
        return Phrase.of("it is no folder");
    }

    static Phrase readOnly() {
        return Phrase.of("its file system is mounted read-only");
    }

    static Phrase immutable(Path folder) {
        return Phrase.of("it may not be changed, even by root (see: lsattr -d {0})", folder);
    }

    static Phrase strange(String owner) {
        return Phrase.of("it belongs to {0}, and this process may not write into it", owner);
    }

    static Problem refused(Path path, Phrase why) {
        return new Problem(
                Phrase.of("the run must write here and cannot: {0}", why),
                path.toString(),
                Phrase.of(
                        "nothing was changed; give the user that the bot runs as the right to"
                                + " write, or mount it writable, then ask again"));
    }
}
