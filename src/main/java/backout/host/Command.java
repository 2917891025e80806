package backout.host;

import org.jspecify.annotations.Nullable;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An argument list to be run, with everything that it may see: secrets go through the environment
 * or the standard input, never through the arguments.
 */
public final class Command {
    /** The variable that tells to which work a process belongs. */
    static final String WORK = "BACKOUT_WORK";

    private static final int DEFAULT_MAX_BYTES = 4 << 20;

    private final List<String> argv;
    private final @Nullable Path directory;
    private final Map<String, String> environment;
    private final byte[] stdin;
    private final Duration timeout;
    private final int maxBytes;
    private final boolean outlives;
    private final @Nullable OutputStream into;

    private Command(
            List<String> argv,
            @Nullable Path directory,
            Map<String, String> environment,
            byte[] stdin,
            Duration timeout,
            int maxBytes,
            boolean outlives,
            @Nullable OutputStream into) {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs a program");
        }
        if (!timeout.isPositive() || maxBytes <= 0) {
            throw new IllegalArgumentException(
                    "a command needs a deadline and room for its output");
        }
        this.argv = List.copyOf(argv);
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.stdin = stdin;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.outlives = outlives;
        this.into = into;
    }

    public static Command of(Duration timeout, String... argv) {
        return of(timeout, List.of(argv));
    }

    public static Command of(Duration timeout, List<String> argv) {
        return new Command(
                argv, null, Map.of(), new byte[0], timeout, DEFAULT_MAX_BYTES, false, null);
    }

    public Command in(Path workingDirectory) {
        return new Command(
                argv, workingDirectory, environment, stdin, timeout, maxBytes, outlives, into);
    }

    /** Adds to the few variables that every command gets, or replaces one of them. */
    public Command with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new Command(argv, directory, all, stdin, timeout, maxBytes, outlives, into);
    }

    /**
     * Marks what it starts as part of this piece of work, so that {@link Leftovers} finds it when
     * whoever started it is gone.
     *
     * @param tag as in {@link backout.run.Work}
     */
    public Command partOf(String tag) {
        return with(Map.of(WORK, tag));
    }

    public Command feeding(byte[] input) {
        return new Command(
                argv, directory, environment, input.clone(), timeout, maxBytes, outlives, into);
    }

    /** How much of each output stream is kept: its last {@code bytes}. 4 MiB when not said. */
    public Command keeping(int bytes) {
        return new Command(argv, directory, environment, stdin, timeout, bytes, outlives, into);
    }

    /**
     * It goes on to its end when the bot is killed: it writes into files, where a pipe whose reader
     * is gone would end it in the middle of its work.
     */
    public Command outliving() {
        return new Command(argv, directory, environment, stdin, timeout, maxBytes, true, into);
    }

    /**
     * What it writes to its standard output goes there as it comes and is not kept, however much it
     * is; {@code stdout().isWhole()} of the result tells whether all of it went there. The stream
     * is left open. When it throws, the command is killed, and {@link Host#run} throws an {@link
     * java.io.UncheckedIOException}. A command that outlives the bot has none.
     */
    public Command into(OutputStream sink) {
        return new Command(argv, directory, environment, stdin, timeout, maxBytes, outlives, sink);
    }

    public List<String> argv() {
        return argv;
    }

    public Optional<Path> directory() {
        return Optional.ofNullable(directory);
    }

    public Map<String, String> environment() {
        return environment;
    }

    public Duration timeout() {
        return timeout;
    }

    public byte[] stdin() {
        return stdin;
    }

    boolean outlives() {
        return outlives;
    }

    Optional<OutputStream> into() {
        return Optional.ofNullable(into);
    }

    int maxBytes() {
        return maxBytes;
    }

    /** The command for people: the arguments as they would be typed, cut at 200 characters. */
    public String summary() {
        var line = typed(argv);
        return line.length() <= 200 ? line : line.substring(0, 199) + "…";
    }

    /** Names of variables, never their values. */
    @Override
    public String toString() {
        return summary()
                + (environment.isEmpty() ? "" : " with " + new TreeSet<>(environment.keySet()));
    }

    /** Arguments as a person types them into a shell, whatever is in them. */
    public static String typed(List<String> argv) {
        return argv.stream().map(Command::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_@%+=:,./-]+")
                ? argument
                : "'" + argument.replace("'", "'\\''") + "'";
    }
}
