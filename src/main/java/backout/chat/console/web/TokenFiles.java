package backout.chat.console.web;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tokens that let a person in, each a file of mode 0600 that is named by the token's hash: who
 * reads the folder cannot use it, and another process knows what this one made.
 */
final class TokenFiles {
    private final Path folder;
    private final Duration goodFor;
    private final InstantSource clock;

    /**
     * @param folder made where it is missing
     * @param goodFor how long a token lets in
     */
    TokenFiles(Path folder, Duration goodFor, InstantSource clock) {
        this.folder = folder;
        this.goodFor = goodFor;
        this.clock = clock;
    }

    /** Whom a token lets in, and until when. */
    record Pass(String person, Instant until) {}

    /** Makes one for this person. */
    String make(String person) throws IOException {
        String token = Secrets.token();
        prepare();
        write(file(token), person + "\n" + clock.instant().plus(goodFor).toEpochMilli());
        return token;
    }

    private void prepare() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (isPosix()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private boolean isPosix() throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix");
    }

    private void write(Path file, String text) throws IOException {
        FileAttribute<?>[] mode =
                isPosix()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, mode)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Removes what has expired and gives what is left. */
    List<Path> sweep() throws IOException {
        prepare();
        var left = new ArrayList<Path>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (read(file).isPresent()) {
                    left.add(file);
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return left;
    }

    /** Removes the oldest ones until there are fewer than so many. */
    void keepBelow(int most) throws IOException {
        List<Path> left = sweep();
        var ages = new HashMap<Path, Instant>();
        for (Path file : left) {
            read(file).ifPresent(pass -> ages.put(file, pass.until()));
        }
        for (Path file :
                ages.keySet().stream()
                        .sorted(Comparator.comparing(ages::get))
                        .limit(Math.max(0, ages.size() - most + 1L))
                        .toList()) {
            Files.deleteIfExists(file);
        }
    }

    /** Whom it lets in; empty when it is not good (any more). */
    Optional<Pass> of(String token) throws IOException {
        return Secrets.isToken(token) ? read(file(token)) : Optional.empty();
    }

    /** Of several who do it at once, one is told that it was there. */
    boolean remove(String token) throws IOException {
        return Secrets.isToken(token) && Files.deleteIfExists(file(token));
    }

    private Optional<Pass> read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            boolean whole = lines.size() == 2 && lines.get(1).matches("\\d{1,15}");
            if (!whole) {
                return Optional.empty();
            }
            Instant until = Instant.ofEpochMilli(Long.parseLong(lines.get(1)));
            return isGood(until)
                    ? Optional.of(new Pass(lines.getFirst(), until))
                    : Optional.empty();
        } catch (NoSuchFileException usedMeanwhile) {
            return Optional.empty();
        }
    }

    /** One from further ahead than any lasts was made before the clock was set back. */
    private boolean isGood(Instant until) {
        Instant now = clock.instant();
        return now.isBefore(until) && !now.plus(goodFor).isBefore(until);
    }

    private Path file(String token) {
        return folder.resolve(Secrets.hash(token));
    }

    ProblemException unusable(IOException cause) {
        var problem =
                Problem.stop(
                        Phrase.of("who may sign in cannot be kept: {0}", Cause.of(cause)),
                        folder.toString(),
                        Phrase.of("look whether this user may write there: ls -ld {0}", folder));
        problem.initCause(cause);
        return problem;
    }
}
