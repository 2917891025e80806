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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One-time links: who may make one has a shell on the host. Each is a file of mode 0600 in the
 * {@code signin} folder of the store, so that the process that serves knows what another one made.
 * The file is named by the hash of the token: who reads the folder cannot sign in. Removing the
 * file is using the link, and only one can remove it.
 */
public final class SignInLinks {
    /** How long a link is good. */
    public static final Duration GOOD_FOR = Duration.ofMinutes(10);

    /** Links that nobody has used yet; a script gone wild must not fill the disk. */
    static final int MOST = 100;

    private final Path folder;
    private final InstantSource clock;
    private final String options;

    public SignInLinks(Path store, InstantSource clock) {
        this(store, clock, "");
    }

    /**
     * @param store the folder of the store; made where it is missing
     * @param options that {@code signin} needs to make a link that is good here, with a blank
     *     before them
     */
    public SignInLinks(Path store, InstantSource clock, String options) {
        this.folder = store.resolve("signin");
        this.clock = clock;
        this.options = options;
    }

    /** What somebody types on the host who wants such a link. */
    String typed() {
        return "bot/backout signin YOUR-NAME" + options;
    }

    /**
     * Makes a link for this person, good once and for {@link #GOOD_FOR}.
     *
     * @return the path to put behind the console's address: {@code /signin/TOKEN}; whoever has it
     *     is that person
     * @throws ProblemException when it cannot be written down, or too many are unused
     */
    public String make(String person) {
        String token = Secrets.token();
        try {
            prepare();
            if (sweep() >= MOST) {
                throw new ProblemException(
                        Problem.of(
                                Phrase.of("{0} sign-in links are unused", MOST),
                                Phrase.of("use one, or wait {0} minutes", GOOD_FOR.toMinutes())));
            }
            write(file(token), person + "\n" + clock.instant().plus(GOOD_FOR).toEpochMilli());
        } catch (IOException e) {
            throw unusable(e);
        }
        return "/signin/" + token;
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

    /** Removes what has expired and says how many are left. */
    private int sweep() throws IOException {
        int left = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (read(file).isPresent()) {
                    left++;
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return left;
    }

    /** Whose link it is; using it is another matter. Empty when it is not good (any more). */
    Optional<String> peek(String token) {
        try {
            return Secrets.isToken(token) ? read(file(token)) : Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Uses the link: of several who try at once, one gets the person. */
    Optional<String> use(String token) {
        Optional<String> person = peek(token);
        try {
            return person.isPresent() && Files.deleteIfExists(file(token))
                    ? person
                    : Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Optional<String> read(Path file) throws IOException {
        try {
            List<String> lines = Files.readAllLines(file);
            boolean whole = lines.size() == 2 && lines.get(1).matches("\\d{1,15}");
            return whole && isGood(Instant.ofEpochMilli(Long.parseLong(lines.get(1))))
                    ? Optional.of(lines.getFirst())
                    : Optional.empty();
        } catch (NoSuchFileException usedMeanwhile) {
            return Optional.empty();
        }
    }

    /** One from further ahead than any link lasts was made before the clock was set back. */
    private boolean isGood(Instant until) {
        Instant now = clock.instant();
        return now.isBefore(until) && !now.plus(GOOD_FOR).isBefore(until);
    }

    private Path file(String token) {
        return folder.resolve(Secrets.hash(token));
    }

    private ProblemException unusable(IOException cause) {
        var problem =
                new ProblemException(
                        new Problem(
                                Phrase.of("sign-in links cannot be kept: {0}", Cause.of(cause)),
                                folder.toString(),
                                Phrase.of(
                                        "look whether this user may write there: ls -ld {0}",
                                        folder)));
        problem.initCause(cause);
        return problem;
    }
}
