package backout.init;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that is filled out of sight, and then is there as a whole, or not at all. */
final class Staging implements AutoCloseable {
    private final Path folder;
    private final Thread atExit = new Thread(this::delete);

    private Staging(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Beside the place where it will be, so that it can be renamed to it. */
    static Staging beside(Path target) {
        try {
            Path parent = target.toAbsolutePath().normalize().resolveSibling("");
            Files.createDirectories(parent);
            return new Staging(Files.createTempDirectory(parent, ".backout-init-"));
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    Path folder() {
        return folder;
    }

    void fill(Map<String, String> files) {
        try {
            for (var file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /**
     * Renames it; a folder that is there must be empty.
     *
     * @throws ProblemException when it cannot: then nothing is there
     */
    void moveTo(Path target) {
        try {
            Files.setPosixFilePermissions(
                    folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    private static ProblemException cannotWrite(Path target, IOException e) {
        return Problem.stop(
                Phrase.of("cannot be written: {0}", Cause.of(e)),
                target.toString(),
                Phrase.of("Name a folder in which you may write: bot/backout init DIR"));
    }

    /** What was not moved is removed. */
    @Override
    public void close() {
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(atExit);
            delete();
        } catch (IllegalStateException ending) {
            // The process ends: the hook is at it
        }
    }

    private void delete() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
