package backout;

import backout.chat.console.Keyboard;
import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.chat.console.TextScreen;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.cli.Arguments;
import backout.cli.AuditVerbs;
import backout.cli.DemoVerb;
import backout.cli.DoctorVerb;
import backout.cli.LockedVerb;
import backout.cli.Names;
import backout.cli.RunVerbs;
import backout.cli.SetUpVerbs;
import backout.cli.Unpacking;
import backout.cli.UpkeepVerbs;
import backout.cli.Verb;
import backout.config.Folders;
import backout.executor.compose.ComposeExecutor;
import backout.executor.container.ContainerExecutor;
import backout.executor.dns.DnsExecutor;
import backout.executor.rebuild.RebuildExecutor;
import backout.executor.source.SourceExecutor;
import backout.executor.vercel.VercelExecutor;
import backout.language.Phrase;
import backout.notify.dingtalk.DingTalk;
import backout.notify.mail.Mail;
import backout.notify.webhook.Webhook;
import backout.operations.Lookout;
import backout.problem.ProblemException;
import backout.report.ReceiverKind;
import backout.run.Journal;
import backout.serve.Assembly;
import backout.serve.ChatKind;
import backout.serve.ProcessContext;
import backout.serve.Serve;
import backout.serve.Stop;

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

    private final ProcessContext context;
    private final Assembly assembly;
    private final TextScreen out;
    private final TextScreen err;

    Main(List<App.Kind> kinds, ProcessContext context) {
        this(kinds, context, UnaryOperator.identity());
    }

    /** {@code journaled} is put before the journal of whatever is done. */
    Main(List<App.Kind> kinds, ProcessContext context, UnaryOperator<Journal> journaled) {
        this.context = context;
        var style = Style.of(context.terminal(), context.environment());
        var renderer = new TextRenderer(context.width(), style, context.language());
        Optional<Keyboard> keyboard =
                context.terminal() ? Optional.of(new Keyboard(context.in())) : Optional.empty();
        this.out = new TextScreen(context.out(), renderer, keyboard);
        this.err = new TextScreen(context.err(), renderer, Optional.empty());
        this.assembly =
                new Assembly(
                        kinds,
                        chats(),
                        receivers(),
                        context,
                        journaled,
                        warning -> out.say("! ", warning));
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
                new App.Kind(ComposeExecutor.KIND, ComposeExecutor::of),
                new App.Kind(ContainerExecutor.KIND, ContainerExecutor::of),
                new App.Kind(SourceExecutor.KIND, SourceExecutor::of),
                new App.Kind(VercelExecutor.KIND, VercelExecutor::of),
                new App.Kind(DnsExecutor.KIND, DnsExecutor::of),
                new App.Kind(RebuildExecutor.KIND, RebuildExecutor::of));
    }

    /** One line for each chat that people can reach this Backout in. */
    static List<ChatKind> chats() {
        return List.of(
                new ChatKind(SlackChat.KEYS, SlackChat::of, SlackChat::manifest),
                new ChatKind(DiscordChat.KEYS, DiscordChat::of, DiscordChat::manifest));
    }

    /** One line for each kind of receivers that this Backout can tell what happened. */
    static List<ReceiverKind> receivers() {
        return List.of(DingTalk.KIND, Webhook.KIND, Mail.KIND);
    }

    /** In a thread of its own: the one of the signal must not wait for what is tidied up. */
    private static void endAtOnce() {
        Thread.ofPlatform().start(() -> System.exit(130));
    }

    /** UTF-8 whatever the locale says: a terminal that shows something else has become rare. */
    static ProcessContext outside(Stop stop) {
        return new ProcessContext(
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
                Lookout.Pauses.USUAL,
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
                                    context.home(),
                                    version(),
                                    context.language(),
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
            context.out().flush();
        }
    }

    private String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? context.language().say(Phrase.of("built from source")) : version;
    }

    private int obey(Verb verb) {
        return switch (verb) {
            case Verb.Run run -> desk().run(run);
            case Verb.Plan plan -> desk().plan(plan);
            case Verb.Status status -> desk().status(status);
            case Verb.Verify verify -> desk().verify(verify);
            case Verb.Decide decide -> desk().decide(decide);
            case Verb.OnCall onCall -> desk().onCall(onCall);
            case Verb.History history -> desk().history(history);
            case Verb.Locked locked ->
                    new LockedVerb(context, out, err).look(assembly.load(locked.folders()), locked);
            case Verb.Cancel cancel -> desk().cancel(cancel);
            case Verb.Console console -> desk().console(console);
            case Verb.Serve(Folders folders) -> new Serve(assembly, context, out).serve(folders);
            case Verb.SignIn(Folders folders, String person) ->
                    new Serve(assembly, context, out).signIn(folders, person);
            case Verb.Scan scan -> newcomer().scan(scan);
            case Verb.Init init -> newcomer().init(init);
            case Verb.Check check -> newcomer().check(check);
            case Verb.Doctor doctor -> new DoctorVerb(assembly, context, out).doctor(doctor);
            case Verb.Schema(Folders folders) -> newcomer().schema(folders);
            case Verb.Manifest manifest -> newcomer().manifest(manifest);
            case Verb.Demo demo -> new DemoVerb(assembly, desk(), context, out).demo(demo);
            case Verb.Backup(Folders folders, Path file) -> upkeep(folders).backup(file);
            case Verb.Open(Folders folders, String backup, Optional<Path> into) ->
                    new Unpacking(assembly.load(folders).bot().store(), out).open(backup, into);
            case Verb.AuditVerify verify -> audit(verify.folders()).verify(verify.heads());
            case Verb.AuditExport export -> audit(export.folders()).export(export.since());
            case Verb.LogLevel(Folders folders, List<String> words) ->
                    upkeep(folders).logLevel(words);
            case Verb.Listed(Folders folders, Names names) -> newcomer().list(folders, names);
            case Verb.Text(String text) -> {
                context.out().print(text);
                yield DONE;
            }
        };
    }

    private RunVerbs desk() {
        return new RunVerbs(assembly, context, out, err);
    }

    private SetUpVerbs newcomer() {
        return new SetUpVerbs(assembly, context, out);
    }

    private AuditVerbs audit(Folders folders) {
        return new AuditVerbs(assembly.load(folders).bot().store(), context, out, err);
    }

    private UpkeepVerbs upkeep(Folders folders) {
        return new UpkeepVerbs(assembly.load(folders), context, out);
    }
}
