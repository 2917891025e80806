package backout.operations;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A level that somebody wants for a while: a file in the state folder, so that whoever may write
 * there may change it, and nobody else.
 */
public record LogLevel(String level, Instant until) {
    /** The words that are understood. */
    public static final List<String> LEVELS = List.of("error", "warn", "info", "debug");

    private static final String NAME = "log-level";

    public LogLevel {
        if (!LEVELS.contains(level)) {
            throw new IllegalArgumentException("no level: " + level);
        }
    }

    private static Path file(Path folder) {
        return folder.resolve(NAME);
    }

    /** Wants it; every Backout that serves from this folder takes it over within a second. */
    public void keep(Path folder) {
        Path partial = folder.resolve(NAME + ".partial");
        try {
            Files.deleteIfExists(partial);
            Files.createFile(
                    partial,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(partial, level + " " + until + "\n");
            Files.setOwner(partial, Files.getOwner(folder));
            Files.move(
                    partial,
                    file(folder),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the level was not changed: {0}", Cause.of(e)),
                    folder.toString(),
                    Phrase.of("do it as the user whose Backout serves"));
        }
    }

    /** Wants nothing any more. */
    public static void forget(Path folder) {
        try {
            Files.deleteIfExists(file(folder));
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the level was not changed: {0}", Cause.of(e)),
                    folder.toString(),
                    Phrase.of("do it as the user whose Backout serves"));
        }
    }

    /**
     * What is wanted, also when its time is over; empty for nothing and for what makes no sense.
     *
     * @throws ProblemException for a file that others than the folder's owner could write
     */
    static Optional<LogLevel> wanted(Path folder) {
        Path file = file(folder);
        try {
            var mode = Files.getPosixFilePermissions(file);
            boolean strange =
                    !Files.getOwner(file).equals(Files.getOwner(folder))
                            || PosixFilePermissions.toString(mode).matches("....w....|.......w.");
            if (strange) {
                throw Problem.stop(
                        Phrase.of(
                                "others than the owner of the state folder could have"
                                        + " written it, so it is not heeded"),
                        file.toString(),
                        Phrase.of("remove it: rm {0}", file));
            }
            String[] words = Files.readString(file).strip().split(" ");
            return words.length == 2 && LEVELS.contains(words[0])
                    ? Optional.of(new LogLevel(words[0], Instant.parse(words[1])))
                    : Optional.empty();
        } catch (NoSuchFileException | DateTimeException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("it cannot be read: {0}", Cause.of(e)),
                    file.toString(),
                    Phrase.of("remove it"));
        }
    }
}
