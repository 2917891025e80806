package backout;

import backout.chat.console.Keyboard;
import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.chat.console.TextScreen;
import backout.chat.slack.SlackChat;
import backout.executor.compose.ComposeExecutor;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.run.Journal;

import org.jline.utils.Signals;
import org.slf4j.LoggerFactory;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads what {@code bot/backout} was asked for, hands it on to the class that does such things, and
 * ends with its exit code.
 */
public final class Main {
    private static final int DONE = 0;
    private static final int REFUSED = 2;
    private static final int COULD_NOT_TELL = 4;

    private final Outside outside;
    private final Assembly assembly;
    private final TextScreen out;
    private final TextScreen err;

    Main(List<App.Kind> kinds, Outside outside) {
        this(kinds, outside, UnaryOperator.identity());
    }

    /** {@code journaled} is put before the journal of whatever is done. */
    Main(List<App.Kind> kinds, Outside outside, UnaryOperator<Journal> journaled) {
        this.outside = outside;
        var style = Style.of(outside.terminal(), outside.environment());
        var renderer = new TextRenderer(outside.width(), style, outside.language());
        Optional<Keyboard> keyboard =
                outside.terminal() ? Optional.of(new Keyboard(outside.in())) : Optional.empty();
        this.out = new TextScreen(outside.out(), renderer, keyboard);
        this.err = new TextScreen(outside.err(), renderer, Optional.empty());
        this.assembly =
                new Assembly(kinds, chats(), outside, journaled, warning -> out.say("! ", warning));
    }

    public static void main(String[] arguments) {
        var stop = new Stop(Main::endAtOnce);
        Signals.register("INT", stop::ask);
        Signals.register("TERM", stop::ask);
        int code = new Main(kinds(), outside(stop)).run(List.of(arguments));
        System.exit(code);
    }

    /** One line for each kind of targets that this Backout can roll back. */
    static List<App.Kind> kinds() {
        return List.of(
                new App.Kind(
                        "compose",
                        ComposeExecutor.KIND,
                        means ->
                                ComposeExecutor.of(
                                        means.bot().docker(),
                                        means.bot().store(),
                                        means.clock(),
                                        means.nanos())));
    }

    /** One line for each chat that people can reach this Backout in. */
    static List<ChatKind> chats() {
        return List.of(new ChatKind(SlackChat.KEYS, SlackChat::of, SlackChat::manifest));
    }

    /** In a thread of its own: the one of the signal must not wait for what is tidied up. */
    private static void endAtOnce() {
        Thread.ofPlatform().start(() -> System.exit(130));
    }

    /** UTF-8 whatever the locale says: a terminal that shows something else has become rare. */
    static Outside outside(Stop stop) {
        return new Outside(
                System.in,
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(),
                width(),
                System.getenv(),
                Path.of(System.getProperty("backout.home", "")),
                InstantSource.system(),
                System::nanoTime,
                ZoneId.systemDefault(),
                stop);
    }

    private static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : 100;
    }

    /** Does it, and says with which code the process should end. */
    int run(List<String> arguments) {
        try {
            return obey(
                    new Arguments(
                                    outside.home(),
                                    version(),
                                    outside.language(),
                                    ChatKind.declared(chats()))
                            .read(arguments));
        } catch (ProblemException e) {
            err.refuse(e.problems());
            return REFUSED;
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Main.class).error("our own fault", e);
            err.say(
                    "",
                    Phrase.of(
                            "Backout itself stumbled; the lines above are for its makers. Runs are"
                                    + " safe in the journal: see bot/backout status"));
            return COULD_NOT_TELL;
        } finally {
            outside.out().flush();
        }
    }

    private String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? outside.language().say(Phrase.of("built from source")) : version;
    }

    private int obey(Wish wish) {
        return switch (wish) {
            case Wish.Run run -> desk().run(run);
            case Wish.Plan plan -> desk().plan(plan);
            case Wish.Status status -> desk().status(status);
            case Wish.History history -> desk().history(history);
            case Wish.Cancel cancel -> desk().cancel(cancel);
            case Wish.Console console -> desk().console(console);
            case Wish.Serve serve -> new Serving(assembly, outside, out).serve(serve);
            case Wish.SignIn signIn -> new Serving(assembly, outside, out).signIn(signIn);
            case Wish.Init init -> newcomer().init(init);
            case Wish.Check check -> newcomer().check(check);
            case Wish.Schema(Wish.Folders folders) -> newcomer().schema(folders);
            case Wish.Manifest manifest -> newcomer().manifest(manifest);
            case Wish.Demo demo -> new Playground(assembly, desk(), outside, out).demo(demo);
            case Wish.Backup(Wish.Folders folders, Path file) -> upkeep(folders).backup(file);
            case Wish.Open(Wish.Folders folders, String backup, Optional<Path> into) ->
                    new Unpacking(assembly.load(folders).bot().store(), out).open(backup, into);
            case Wish.LogLevel(Wish.Folders folders, List<String> words) ->
                    upkeep(folders).logLevel(words);
            case Wish.Listed(Wish.Folders folders, Names names) -> newcomer().list(folders, names);
            case Wish.Text(String text) -> {
                outside.out().print(text);
                yield DONE;
            }
        };
    }

    private HostDesk desk() {
        return new HostDesk(assembly, outside, out, err);
    }

    private Newcomer newcomer() {
        return new Newcomer(assembly, outside, out);
    }

    private Upkeep upkeep(Wish.Folders folders) {
        return new Upkeep(assembly.load(folders), outside, out);
    }
}
