package backout.host;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Files of another machine; {@code sh} does there what is to be done. */
final class SshFiles {
    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final int PIPE = 3;
    private static final int ROOM_FOR_WORDS = 4096;

    private final Host host;

    SshFiles(Host host) {
        this.host = host;
    }

    Optional<byte[]> read(Path file, int maxBytes) {
        var ask =
                SshScript.READ
                        .command(LONG, file.toString(), Long.toString(maxBytes + 1L))
                        .keeping(Math.max(maxBytes, ROOM_FOR_WORDS) + 1);
        Result.Exited told = host.run(ask).exited();
        if (told.exitCode() == PIPE) {
            throw NotRead.pipe(file);
        }
        if (!told.isSuccess()) {
            return nothing(file, told);
        }
        byte[] bytes = told.stdout().bytes();
        if (bytes.length > maxBytes) {
            throw NotRead.tooLong(file, maxBytes);
        }
        requireWhole(file, told);
        return Optional.of(bytes);
    }

    Optional<Path> real(Path path) {
        Result.Exited told = host.run(SshScript.REAL.command(QUICK, path.toString())).exited();
        return told.isSuccess()
                ? Optional.of(Path.of(told.stdout().text().replaceFirst("\n\\z", "")))
                : nothing(path, told);
    }

    /** Empty when it is not there; whatever else is told. */
    private static <T> Optional<T> nothing(Path path, Result.Exited told) {
        if (told.stderr().text().contains("No such file or directory")) {
            return Optional.empty();
        }
        throw NotRead.failed(path, said(told));
    }

    private static Phrase said(Result.Exited told) {
        return Cause.of(new IOException(told.stderr().text().strip()));
    }

    private static void requireWhole(Path path, Result.Exited told) {
        if (!told.stdout().isWhole()) {
            throw NotRead.failed(path, Phrase.of("the connection was cut"));
        }
    }

    boolean is(String test, Path path) {
        var ask = Command.of(QUICK, "test", test, path.toString());
        return host.run(ask).exited().isSuccess();
    }

    List<Host.Entry> list(Path folder) {
        Result.Exited told = host.run(SshScript.LIST.command(QUICK, folder.toString())).exited();
        if (!told.isSuccess()) {
            throw NotRead.failed(folder, said(told));
        }
        requireWhole(folder, told);
        return Arrays.stream(told.stdout().text().split("//\n", -1))
                .filter(line -> !line.isEmpty())
                .map(SshFiles::entry)
                .sorted(Comparator.comparing(Host.Entry::name))
                .toList();
    }

    /** {@code MODE SIZE SECONDS ./NAME} */
    private static Host.Entry entry(String line) {
        String[] words = line.split(" ", 4);
        return new Host.Entry(
                words[3].substring(words[3].lastIndexOf('/') + 1),
                kind(Integer.parseInt(words[0], 16)),
                Long.parseLong(words[1]),
                Instant.ofEpochSecond(Long.parseLong(words[2])));
    }

    /** By the bits of inode(7). */
    private static Host.Kind kind(int mode) {
        return switch (mode & 0xf000) {
            case 0x8000 -> Host.Kind.FILE;
            case 0x4000 -> Host.Kind.FOLDER;
            case 0xa000 -> Host.Kind.LINK;
            default -> Host.Kind.OTHER;
        };
    }

    Host.Space space(Path path) {
        Result.Exited told = host.run(SshScript.SPACE.command(QUICK, path.toString())).exited();
        String said = told.stdout().text().strip();
        if (!told.isSuccess() || !said.matches("\\d{1,18} \\d{1,9} \\d{1,18} \\d{1,18}")) {
            throw NotRead.failed(path, said(told));
        }
        long[] numbers = Arrays.stream(said.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        // btrfs says 0 of 0: it has no fixed number
        return new Host.Space(
                Math.multiplyExact(numbers[0], numbers[1]),
                numbers[3] == 0 ? OptionalLong.empty() : OptionalLong.of(numbers[2]));
    }

    Optional<Problem> writable(Path path) {
        Result.Exited told = host.run(SshScript.WRITABLE.command(QUICK, path.toString())).exited();
        if (!told.isSuccess()) {
            return Optional.of(Writable.refused(path, said(told)));
        }
        return SshWritable.of(told.stdout().text()).look(path);
    }

    void write(Path file, byte[] content, String expected) {
        var write =
                SshScript.WRITE
                        .command(LONG, file.toString(), expected, Sha256.of(content))
                        .feeding(content);
        Result.Exited told = written(file, host.run(write));
        String said = told.stdout().text().strip();
        int space = said.indexOf(' ');
        String word = space < 0 ? said : said.substring(0, space);
        String rest = space < 0 ? "" : said.substring(space + 1);
        switch (word) {
            case "ok" -> {}
            case "gone" -> throw NotWritten.gone(file);
            case "irregular" -> throw NotWritten.irregular(file);
            case "changed" -> throw NotWritten.changed(file);
            case "other" -> throw NotWritten.other(file);
            case "broke" -> throw NotWritten.broke(file, Path.of(rest));
            case "failed" -> throw NotWritten.failed(file, rest);
            default -> throw NotWritten.unsure(file, said(told));
        }
    }

    private static Result.Exited written(Path file, Result result) {
        try {
            return result.exited();
        } catch (ProblemException e) {
            throw NotWritten.unsure(file, e.problem().what());
        }
    }

    /** What a machine listens on, as the kernel lists it. */
    Optional<Listening> listening() {
        var files = new java.util.ArrayList<String>();
        for (String file : List.of("net/tcp", "net/tcp6", "net/fib_trie", "net/if_inet6")) {
            var ask = Command.of(QUICK, "cat", "/proc/" + file).keeping(8 << 20);
            Result.Exited told = host.run(ask).exited();
            if (!told.isSuccess() && file.equals("net/tcp")) {
                return Optional.empty();
            }
            files.add(new String(told.stdout().bytes(), StandardCharsets.US_ASCII));
        }
        return Optional.of(Listening.of(files.get(0) + files.get(1), files.get(2), files.get(3)));
    }
}
