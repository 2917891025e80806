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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that is filled out of sight, and then is there as a whole, or not at all. */
final class Staging implements AutoCloseable {
    /** What may be there before. */
    static final String HOSTS = "hosts.yml";

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

    /** Takes over what is there before, so that all is read together. */
    void copy(Path target) {
        try {
            if (Files.exists(target.resolve(HOSTS))) {
                Files.copy(target.resolve(HOSTS), folder.resolve(HOSTS));
            }
        } catch (IOException e) {
            throw cannotWrite(folder, e);
        }
    }

    /**
     * Renames it; a folder that is there must be empty, but for what may be there before: beside
     * that the files are moved.
     *
     * @throws ProblemException when it cannot: then nothing is there
     */
    void moveTo(Path target) {
        try {
            if (Files.exists(target.resolve(HOSTS))) {
                moveInto(target);
                return;
            }
            Files.setPosixFilePermissions(
                    folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw cannotWrite(target, e);
        }
    }

    private void moveInto(Path target) throws IOException {
        var moved = new ArrayList<Path>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(one -> !one.endsWith(HOSTS)).toList()) {
                Path to = target.resolve(file.getFileName());
                Files.move(file, to);
                moved.add(to);
            }
        } catch (IOException e) {
            moved.forEach(Staging::delete);
            throw e;
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
        delete(folder);
    }

    private static void delete(Path what) {
        if (!Files.exists(what)) {
            return;
        }
        try (Stream<Path> all = Files.walk(what)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
