package backout;

import backout.executor.compose.ComposeExecutor;
import backout.executor.container.ContainerExecutor;
import backout.executor.dns.DnsExecutor;
import backout.executor.rebuild.RebuildExecutor;
import backout.executor.source.SourceExecutor;
import backout.executor.vercel.VercelExecutor;
import backout.fixture.Await;
import backout.operations.Lookout;
import backout.plan.TargetKind;
import backout.run.Action;
import backout.run.Executor;
import backout.run.Journal;
import backout.run.Move;
import backout.run.Task;
import backout.serve.ProcessContext;
import backout.serve.Stop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One start of {@code bot/backout}: what is typed, what is read, and the exit code. */
public final class Seat {
    private static final Lookout.Pauses OFTEN =
            new Lookout.Pauses(Duration.ofSeconds(1), Lookout.Pauses.USUAL.chats());

    private final Path home;
    private final Executor executor;
    private final InstantSource clock;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Stop stop = new Stop(this::endAtOnce);
    private final PipedOutputStream keys = new PipedOutputStream();
    private final PipedInputStream in = new PipedInputStream(1 << 16);
    private boolean terminal;
    private UnaryOperator<Journal> journaled = UnaryOperator.identity();
    private CompletableFuture<Integer> code = new CompletableFuture<>();

    /**
     * @param home holds {@code config/} and {@code commands/}
     */
    public Seat(Path home, Executor executor, InstantSource clock) {
        this.home = home;
        this.executor = executor;
        this.clock = clock;
        try {
            keys.connect(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody sits there. */
    public Seat atTerminal() {
        terminal = true;
        return this;
    }

    /** This is put before the journal of whatever is done. */
    public Seat journaled(UnaryOperator<Journal> before) {
        journaled = before;
        return this;
    }

    public Seat start(String... arguments) {
        code = CompletableFuture.supplyAsync(() -> main().run(List.of(arguments)), Seat::inThread);
        return this;
    }

    private static void inThread(Runnable work) {
        Thread.ofPlatform().daemon().name("seat").start(work);
    }

    private Main main() {
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var context =
                new ProcessContext(
                        in,
                        out,
                        out,
                        terminal,
                        100,
                        Map.of("NO_COLOR", "1"),
                        home,
                        clock,
                        System::nanoTime,
                        ZoneOffset.UTC,
                        OFTEN,
                        stop);
        return new Main(kinds(), context, journaled);
    }

    /** Those of every bot, of which one is what this executor says. */
    private List<App.Kind> kinds() {
        String own =
                switch (executor) {
                    case ComposeExecutor _ -> ComposeExecutor.KIND.name();
                    case ContainerExecutor _ -> ContainerExecutor.KIND.name();
                    case SourceExecutor _ -> SourceExecutor.KIND.name();
                    case VercelExecutor _ -> VercelExecutor.KIND.name();
                    case DnsExecutor _ -> DnsExecutor.KIND.name();
                    case RebuildExecutor _ -> RebuildExecutor.KIND.name();
                    default -> "sim";
                };
        if (own.equals("sim")) {
            var declares =
                    new TargetKind(
                            own,
                            List.of(),
                            actions(Task.class::isInstance),
                            actions(Move.class::isInstance));
            return List.of(new App.Kind(declares, _ -> executor));
        }
        return Main.kinds().stream()
                .map(kind ->
                        kind.declares().name().equals(own)
                                ? new App.Kind(kind.declares(), _ -> executor)
                                : kind)
                .toList();
    }

    private List<String> actions(Predicate<Action> which) {
        return executor.actions().entrySet().stream()
                .filter(action -> which.test(action.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Starts, waits for the end, and gives the exit code. */
    public int run(String... arguments) {
        return start(arguments).exitCode();
    }

    public int exitCode() {
        try {
            return code.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("still running after " + Await.PATIENCE + ":\n" + text(), e);
        } catch (ExecutionException e) {
            throw new AssertionError("it threw; it had printed:\n" + text(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What it printed, whatever the lines were wrapped at. */
    public String words() {
        return text().replaceAll("\\s+", " ");
    }

    public Seat type(String line) {
        try {
            keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Answers each question, as it stands in its line, until the end; the exit code. */
    public int answer(UnaryOperator<String> answers) {
        int[] heard = {0};
        while (!code.isDone()) {
            Await.until(
                    "a question or the end",
                    () -> code.isDone() || (text().length() > heard[0] && text().endsWith(": ")));
            if (!code.isDone()) {
                heard[0] = text().length();
                type(answers.apply(text().substring(text().lastIndexOf('\n') + 1)));
            }
        }
        return exitCode();
    }

    public void endInput() {
        try {
            keys.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ctrl-C. */
    public void interrupt() {
        stop.ask();
    }

    private void endAtOnce() {
        code.complete(130);
    }

    public String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Waits until this is printed. */
    public Seat until(String part) {
        until("\"" + part + "\" is printed", () -> text().contains(part));
        return this;
    }

    public void until(String what, BooleanSupplier holds) {
        Await.until(what + " or the end", () -> holds.getAsBoolean() || code.isDone());
        if (!holds.getAsBoolean()) {
            throw new AssertionError(
                    "it ended with " + exitCode() + " before: " + what + ":\n" + text());
        }
    }

    /** The words that begin so, as they were last said to be typed. */
    public String asked(String word) {
        return text().replaceFirst("(?s).*bot/backout run \"(" + word + " [^\"]+)\".*", "$1");
    }

    /** The id of the run that this seat began. */
    public String runId() {
        until(": nothing is done before ");
        return text().replaceFirst("(?s).*?run (\\w{5}): nothing.*", "$1");
    }
}
