package backout;

import backout.chat.Block;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.console.Completions;
import backout.chat.console.Follower;
import backout.chat.console.Ground;
import backout.chat.console.Hints;
import backout.chat.console.Keyboard;
import backout.chat.console.Lines;
import backout.chat.console.PipedLines;
import backout.chat.console.Style;
import backout.chat.console.Terminal;
import backout.chat.console.TextRenderer;
import backout.chat.console.TextScreen;
import backout.chat.console.TypedLines;
import backout.chat.console.web.SignInLinks;
import backout.chat.slack.SlackManifest;
import backout.config.Loaded;
import backout.frontdesk.FrontDesk;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.run.Journal;
import backout.run.Move;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;
import backout.target.compose.ComposeExecutor;

import org.jline.utils.Signals;
import org.slf4j.LoggerFactory;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Starts what {@code bot/backout} was asked for and ends with its exit code. */
public final class Main {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final int COULD_NOT_TELL = 4;

    /** A run that is at work when one's own is over is finished first. */
    private static final Duration FINISH = Duration.ofMinutes(15);

    private final List<App.Kind> kinds;
    private final Outside outside;
    private final UnaryOperator<Journal> journaled;
    private final TextScreen out;
    private final TextScreen err;

    Main(List<App.Kind> kinds, Outside outside) {
        this(kinds, outside, UnaryOperator.identity());
    }

    /** {@code journaled} is put before the journal of whatever is done. */
    Main(List<App.Kind> kinds, Outside outside, UnaryOperator<Journal> journaled) {
        this.kinds = List.copyOf(kinds);
        this.outside = outside;
        this.journaled = journaled;
        var renderer = new TextRenderer(outside.width(), style(), outside.language());
        Optional<Keyboard> keyboard =
                outside.terminal() ? Optional.of(new Keyboard(outside.in())) : Optional.empty();
        this.out = new TextScreen(outside.out(), renderer, keyboard);
        this.err = new TextScreen(outside.err(), renderer, Optional.empty());
    }

    private Style style() {
        return Style.of(outside.terminal(), outside.environment());
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
                    new Arguments(outside.home(), version(), outside.language()).read(arguments));
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
            case Wish.Run run -> run(run);
            case Wish.Plan plan -> plan(plan);
            case Wish.Check check -> check(check);
            case Wish.Status status -> show(status.folders(), desk -> desk.status(status.target()));
            case Wish.History history ->
                    show(history.folders(), desk -> desk.history(history.target()));
            case Wish.Cancel cancel -> cancel(cancel);
            case Wish.Console console -> console(console);
            case Wish.Serve serve -> serve(serve);
            case Wish.Demo demo -> new Playground(this, outside, out).demo(demo);
            case Wish.SignIn signIn -> signIn(signIn);
            case Wish.Init init -> new Newcomer(kinds, outside, out).init(init, this::check);
            case Wish.Schema(Wish.Folders folders) ->
                    new Newcomer(kinds, outside, out).schema(folders);
            case Wish.Backup(Wish.Folders folders, Path file) -> upkeep(folders).backup(file);
            case Wish.LogLevel(Wish.Folders folders, List<String> words) ->
                    upkeep(folders).logLevel(words);
            case Wish.Manifest(Wish.Folders folders, String url) -> {
                var commands = App.load(folders, kinds).site().commands();
                outside.out().print(new SlackManifest(commands, url).text());
                yield DONE;
            }
            case Wish.Text(String text) -> {
                outside.out().print(text);
                yield DONE;
            }
        };
    }

    private Upkeep upkeep(Wish.Folders folders) {
        return new Upkeep(App.load(folders, kinds), outside, out);
    }

    App open(Wish.Folders folders) {
        return open(App.load(folders, kinds));
    }

    private App open(Loaded loaded) {
        return new App(loaded, kinds, means(loaded), journaled, warning -> out.say("! ", warning));
    }

    private SignInLinks links(Loaded loaded) {
        return new SignInLinks(loaded.bot().store(), outside.clock());
    }

    private Secrets secrets() {
        return new Secrets(name -> outside.environment().getOrDefault(name, ""));
    }

    /** Whoever can write into the store may sign anybody in. */
    private int signIn(Wish.SignIn wish) {
        Loaded loaded = App.load(wish.folders(), kinds);
        String person = loaded.site().person(wish.person()).name();
        String path = links(loaded).make(person);
        HostPort address = HostPort.parse(loaded.bot().listenPrivate()).orElseThrow();
        out.say("", Phrase.verbatim(Faces.browsed(address.host(), address.port()) + path));
        out.say(
                "",
                Phrase.of(
                        "Whoever opens it first is {0}. It works once, within {1} minutes, while"
                                + " bot/backout serve runs.",
                        person, SignInLinks.GOOD_FOR.toMinutes()));
        return DONE;
    }

    private App.Means means(Loaded loaded) {
        return new App.Means(loaded.bot(), outside.clock(), outside.nanos());
    }

    private Ground ground(App app) {
        return new Ground(
                app.site(),
                app.journal(),
                app::take,
                app.resumer()::halted,
                outside.clock(),
                outside.zone());
    }

    private static Hints hints(Wish.Folders folders) {
        return (words, person) ->
                "bot/backout run \"" + words + "\" --as " + person + folders.given();
    }

    /** What belongs to no run of this command's own is only told. */
    private int run(Wish.Run wish) {
        outside.stop().heed();
        try (App app = open(wish.folders())) {
            app.site().person(wish.person());
            Ground ground = ground(app);
            var typed = ground.typed(wish.person(), wish.words());
            return switch (app.desk().take(typed)) {
                case Reply.Told(Message message) -> {
                    out.show(message);
                    yield DONE;
                }
                case Reply.Later(Phrase _, Supplier<Message> answer) -> {
                    out.show(answer.get());
                    yield DONE;
                }
                case Reply.Ask(Form _, Problem problem) -> throw new ProblemException(problem);
                case Reply.OfRun(RunId id, Phrase said) -> {
                    out.say("", said);
                    var request = Run.of(app.journal().read(id)).request();
                    yield request.delivery().equals(typed.delivery())
                            ? follow(app, wish, ground, request)
                            : DONE;
                }
            };
        }
    }

    private int follow(App app, Wish.Run wish, Ground ground, RunEvent.Requested request) {
        app.sight(request.target());
        app.resumer().start();
        app.resumer().drive(request.run());
        var follower =
                new Follower(
                        ground,
                        out,
                        hints(wish.folders()),
                        request.run(),
                        wish.person(),
                        wish.yes());
        int code = follower.follow(outside.stop()::isAsked, Thread::sleep);
        if (!outside.stop().isAsked()) {
            app.sight(request.target());
        }
        app.closeWithin(outside.stop().isAsked() ? Duration.ZERO : FINISH);
        return code;
    }

    private int plan(Wish.Plan wish) {
        try (App app = open(wish.folders())) {
            FrontDesk.Wanted wanted = app.desk().wanted(wish.words());
            try {
                Plan plan = app.runner().draft(wanted.target(), wanted.invocation());
                out.show(Card.ofPlan(plan));
                if (wish.shell()) {
                    out.show(byHand(app, wanted, plan));
                }
                return DONE;
            } catch (ProblemException e) {
                err.refuse(e.problems());
                return FAILED;
            }
        }
    }

    private static Message byHand(App app, FrontDesk.Wanted wanted, Plan plan) {
        var actions = app.executor(wanted.target()).actions();
        var lines = new ArrayList<Phrase>();
        for (int index : plan.undo()) {
            var step = plan.steps().get(index);
            if (actions.get(step.action()) instanceof Move move) {
                lines.addAll(move.byHand(step, Optional.empty()));
            }
        }
        Phrase title =
                Phrase.of("By hand, to bring {0} back if everything fails", plan.from().name());
        return new Message(title, List.of(new Block.Code(title, lines)));
    }

    private int check(Wish.Check wish) {
        Loaded loaded = App.load(wish.folders(), kinds);
        out.show(SiteCheck.summary(loaded.site()));
        if (!wish.live()) {
            return DONE;
        }
        var executors = App.executors(kinds, means(loaded));
        return new SiteCheck(loaded.site(), executors, outside.nanos()).live(out::show);
    }

    private int show(Wish.Folders folders, Function<FrontDesk, Message> question) {
        try (App app = open(folders)) {
            out.show(question.apply(app.desk()));
            return DONE;
        }
    }

    private int cancel(Wish.Cancel wish) {
        return run(new Wish.Run(wish.folders(), "cancel " + wish.run(), wish.person(), false));
    }

    private int console(Wish.Console wish) {
        try (App app = open(wish.folders())) {
            app.site().person(wish.person());
            app.resumer().start();
            out.say(
                    "",
                    Phrase.of("Runs that are open when you leave go on with bot/backout serve."));
            return console(app, wish);
        }
    }

    int console(App app, Wish.Console wish) {
        if (outside.terminal()) {
            var completions = new Completions(app.site(), app.journal());
            try (var lines = TypedLines.open(completions::after)) {
                return console(wish, app, lines);
            }
        }
        return console(wish, app, new PipedLines(outside.in(), outside.out(), outside.width()));
    }

    private int console(Wish.Console wish, App app, Lines lines) {
        new Terminal(
                        ground(app),
                        lines,
                        style(),
                        outside.language(),
                        wish.person(),
                        hints(wish.folders()))
                .run(outside.stop()::isAsked, Thread::sleep);
        return DONE;
    }

    /** Told to stop, runs get ten seconds to come to where they can be parked. */
    private int serve(Wish.Serve wish) {
        outside.stop().heed();
        Loaded loaded = App.load(wish.folders(), kinds);
        try (var _ = Upkeep.logs(loaded.bot(), outside);
                App app = open(loaded);
                var faces = new Faces(app, outside)) {
            faces.tidy(loaded.bot());
            var bot = loaded.bot();
            String console =
                    faces.console(bot.listenPrivate(), links(loaded), bot.language(), false);
            loaded.chat().slack().ifPresent(slack -> faces.slack(slack, loaded.bot(), secrets()));
            app.resumer().start();
            app.watch().start();
            out.say(
                    "",
                    Phrase.of("Console: {0} (sign in with: bot/backout signin PERSON)", console));
            out.say(
                    "",
                    Phrase.of(
                            "{0}; serving until it is stopped",
                            SiteCheck.summary(app.site()).summary()));
            outside.stop().await();
            out.say("", Phrase.of("Stopped. Open runs go on at the next start."));
            return DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DONE;
        }
    }
}
