package backout.operations;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration that a process obeys. One that serves says in its state folder which it has, so
 * that nobody believes that it has read what was written since.
 *
 * @param hash of the files of both folders
 * @param read when
 */
public record Obeyed(String hash, Instant read) {
    private static final String NAME = "serving";

    /** Of both folders as they are now. */
    public static Obeyed of(Path config, Path commands, Instant now) {
        MessageDigest hash = Sha256.digest();
        Stream.of(config, commands).flatMap(Obeyed::files).forEach(file -> add(hash, file));
        return new Obeyed(Sha256.hex(hash), now);
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream();
        } catch (IOException unreadable) {
            return Stream.of(folder);
        }
    }

    /** What cannot be read is told by whoever reads it to obey it. */
    private static void add(MessageDigest hash, Path file) {
        hash.update((file.getFileName() + "\0").getBytes(StandardCharsets.UTF_8));
        try {
            hash.update(Files.readAllBytes(file));
        } catch (IOException unreadable) {
            hash.update((byte) 1);
        }
        hash.update((byte) 0);
    }

    /** Says in this state folder that the process serves with it, until it is closed or ends. */
    public Serving serving(Path store) {
        ProcessHandle me = ProcessHandle.current();
        String text = String.join(" ", hash, read.toString(), me.pid() + "", started(me));
        Path file = store.resolve(NAME);
        try {
            Path partial = Files.writeString(store.resolve(NAME + "." + me.pid()), text + "\n");
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        return new Serving(file, text);
    }

    /** Says with which one it serves now, until it is closed. */
    public static final class Now implements AutoCloseable {
        private final Path store;
        private Serving serving;

        public Now(Obeyed first, Path store) {
            this.store = store;
            this.serving = first.serving(store);
        }

        /** Goes on with another one. */
        public synchronized void become(Obeyed other) {
            serving = other.serving(store);
        }

        @Override
        public synchronized void close() {
            serving.close();
        }
    }

    /** As long as it is open. */
    public record Serving(Path file, String text) implements AutoCloseable {
        @Override
        public void close() {
            try {
                if (Files.readString(file).strip().equals(text)) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException _) {
                return;
            } catch (IOException e) {
                throw unusable(file, e);
            }
        }
    }

    private static ProblemException unusable(Path file, IOException why) {
        return Problem.stop(
                Phrase.of("the state folder cannot be used: {0}", Cause.of(why)),
                file.toString(),
                Phrase.of("look at the folder's rights and free space"));
    }

    /** What people should know: a living process serves from this state folder with another one. */
    public Optional<Phrase> warning(Path store) {
        return served(store)
                .filter(other -> !other.hash.equals(hash))
                .map(other ->
                        Phrase.of(
                                "bot/backout serve still has the configuration of {0}, which is not"
                                        + " this one: it takes one over within seconds when it is"
                                        + " right; see: bot/backout check",
                                other.read));
    }

    /** Empty when nobody serves there, or when it cannot be told. */
    private static Optional<Obeyed> served(Path store) {
        try {
            List<String> words = List.of(Files.readString(store.resolve(NAME)).strip().split(" "));
            return words.size() == 4 && lives(words.get(2), words.get(3))
                    ? Optional.of(new Obeyed(words.getFirst(), Instant.parse(words.get(1))))
                    : Optional.empty();
        } catch (IOException | DateTimeException nobody) {
            return Optional.empty();
        }
    }

    /**
     * A number is given to another process when its own has ended; when it began tells them apart.
     */
    private static boolean lives(String pid, String started) {
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(process -> started(process).equals(started))
                        .isPresent();
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("?");
    }
}
