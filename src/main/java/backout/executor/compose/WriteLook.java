package backout.executor.compose;

import backout.archive.AgeKey;
import backout.archive.LostKey;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether every file and folder can be written that the run will write. Asks the kernel, which
 * knows of owners, lists of rights, flags and mounts; nothing is written. And whether the key that
 * it will be sealed with is the one of what was sealed before.
 */
final class WriteLook implements Preflight.Look {
    private final Path stateDir;

    WriteLook(Path stateDir) {
        this.stateDir = stateDir;
    }

    @Override
    public Findings at(Prospect prospect) {
        var red = new ArrayList<Problem>();
        if (!prospect.change().isNothing()) {
            prospect.change().files().keySet().forEach(file -> file(file).ifPresent(red::add));
        }
        state(prospect).forEach(folder -> folder(folder).ifPresent(red::add));
        key().ifPresent(red::add);
        return red.isEmpty() ? lostKey() : Findings.red(red);
    }

    /** A new one is made without asking anybody, so it is told what that means. */
    private Findings lostKey() {
        Path key = stateDir.resolve("key.txt");
        try {
            return LostKey.warning(key).map(Findings::amber).orElseGet(Findings::fine);
        } catch (IOException e) {
            return Findings.amber(
                    Phrase.of(
                            "whether {0} opens the older backups is not known: {1}",
                            key, Cause.of(e)));
        }
    }

    /** What is kept for the way back, and the backups. */
    private List<Path> state(Prospect prospect) {
        var folders = new ArrayList<>(List.of(stateDir.resolve("artifacts")));
        if (prospect.prepares("compose.backup")) {
            folders.add(BackupTask.folder(stateDir).resolve(prospect.target().name().name()));
        }
        return folders;
    }

    private Optional<Problem> key() {
        Path key = stateDir.resolve("key.txt");
        if (!Files.exists(key)) {
            return Optional.empty();
        }
        try {
            var _ = AgeKey.load(key);
            return Optional.empty();
        } catch (ProblemException unreadable) {
            return Optional.of(unreadable.problem());
        }
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
            return Phrase.of("it is no folder");
        }
        if (Files.getFileStore(folder).isReadOnly()) {
            return Phrase.of("its file system is mounted read-only");
        }
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        return root
                ? Phrase.of("it may not be changed, even by root (see: lsattr -d {0})", folder)
                : Phrase.of(
                        "it belongs to {0}, and this process may not write into it",
                        Files.getOwner(folder).getName());
    }

    private static Problem refused(Path path, Phrase why) {
        return new Problem(
                Phrase.of("the run must write here and cannot: {0}", why),
                path.toString(),
                Phrase.of(
                        "nothing was changed; give the user that the bot runs as the right to"
                                + " write, or mount it writable, then ask again"));
    }
}
