package backout;

import backout.chat.Message;
import backout.chat.console.PipedLines;
import backout.chat.console.TextScreen;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.config.SiteLoader;
import backout.init.Dialog;
import backout.init.Init;
import backout.init.Rules;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Executor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The first configuration of a host, whether it is right, and what editors, shells and Slack know
 * of it.
 */
final class Newcomer {
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(20);

    private final Assembly assembly;
    private final Outside outside;
    private final TextScreen out;

    Newcomer(Assembly assembly, Outside outside, TextScreen out) {
        this.assembly = assembly;
        this.outside = outside;
        this.out = out;
    }

    /** Writes the schemas; the exit code. */
    int schema(Wish.Folders folders) {
        assembly.schemas()
                .write(folders.commands(), folders.config())
                .forEach(file -> out.say("", Phrase.of("Written: {0}", file)));
        return 0;
    }

    /** Prints the manifest of the site's app for a chat; the exit code. */
    int manifest(Wish.Manifest wish) {
        var commands = assembly.load(wish.folders()).site().commands();
        ChatKind chat = assembly.chat(wish.chat());
        outside.out().print(chat.manifest().apply(commands, wish.url()));
        return 0;
    }

    /** One name per line, for a shell; the exit code. */
    int list(Wish.Folders folders, Names names) {
        names.of(assembly.load(folders).site()).distinct().forEach(outside.out()::println);
        return 0;
    }

    /** Says what is wrong in a configuration and, live, on what runs; the exit code. */
    int check(Wish.Check wish) {
        SiteLoader.Loaded loaded = assembly.load(wish.folders());
        out.show(SiteCheck.summary(loaded.site()));
        assembly.servedOtherwise(wish.folders(), loaded)
                .ifPresent(warning -> out.say("! ", warning));
        return wish.live()
                ? new SiteCheck(loaded.site(), assembly.executors(loaded), outside.nanos())
                        .live(out::show)
                : 0;
    }

    /**
     * Writes a configuration and looks whether its checks hold.
     *
     * @return the exit code of the check
     */
    int init(Wish.Init wish) {
        var folders = new Wish.Folders(wish.folder(), wish.commands(), "");
        var init =
                new Init(
                        wish.folder(),
                        wish.project(),
                        outside.environment(),
                        wish.yes() || !outside.terminal() ? new Guesses() : new Asked(),
                        new OfThisSite(wish.commands()));
        List<String> written = init.write();
        if (written.isEmpty()) {
            return 2;
        }
        out.say("", Phrase.of("Written to {0}. Now its checks on what runs:", wish.folder()));
        int code = check(new Wish.Check(folders, true));
        String given = " --config " + wish.folder();
        out.say("", Phrase.of("Next, and keep it running: bot/backout serve{0}", given));
        out.say(
                "",
                Phrase.of(
                        "Once it has seen a second release run: bot/backout plan \"compose"
                                + " {0}\"{1}",
                        written.getFirst(), given));
        return code;
    }

    /** Nobody sits there: each guess is taken and told. */
    private final class Guesses implements Dialog {
        @Override
        public void say(Phrase sentence) {
            out.say("", sentence);
        }

        @Override
        public void show(Message message) {
            out.show(message);
        }

        @Override
        public String ask(Phrase question, String guess) {
            out.say(
                    "",
                    guess.isEmpty()
                            ? Phrase.of("{0} Taken: nothing", question)
                            : Phrase.of("{0} Taken: {1}", question, guess));
            return guess;
        }
    }

    /** Somebody answers line by line; Ctrl-C ends the process, with nothing written. */
    private final class Asked implements Dialog {
        private final PipedLines lines =
                new PipedLines(outside.in(), outside.out(), outside.width());

        @Override
        public void say(Phrase sentence) {
            out.say("", sentence);
        }

        @Override
        public void show(Message message) {
            out.show(message);
        }

        @Override
        public String ask(Phrase question, String guess) {
            out.ask(
                    guess.isEmpty() || question.template().endsWith("]")
                            ? Phrase.of("{0}:", question)
                            : Phrase.of("{0} [{1}]:", question, guess));
            String typed =
                    lines.next("")
                            .orElseThrow(() ->
                                    Problem.stop(
                                            Phrase.of("the input ended; nothing was written"),
                                            Phrase.of("Say init again, or with --yes")))
                            .strip();
            out.answered();
            return typed.isEmpty() ? guess : typed;
        }
    }

    private final class OfThisSite implements Rules {
        private static final String COMPOSE = "compose";

        private final Path commands;
        private final List<CommandSpec> specs;

        private OfThisSite(Path commands) {
            this.commands = commands;
            this.specs = assembly.loader().commands(commands);
        }

        private CommandSpec rollback() {
            return specs.stream()
                    .filter(CommandSpec::isRollback)
                    .filter(command -> command.kind().equals(COMPOSE))
                    .findFirst()
                    .orElseThrow(() ->
                            Problem.stop(
                                    Phrase.of("no command rolls back compose services"),
                                    commands.toString(),
                                    Phrase.of("Copy the shipped compose.yml there")));
        }

        @Override
        public List<String> checks() {
            return rollback().checks();
        }

        @Override
        public int rollbackLevel() {
            return rollback().level();
        }

        @Override
        public int highestLevel() {
            return specs.stream().mapToInt(CommandSpec::level).max().orElse(0);
        }

        private SiteLoader.Loaded loaded(Path config) {
            return assembly.load(new Wish.Folders(config, commands, ""));
        }

        @Override
        public void load(Path config) {
            var _ = loaded(config);
        }

        @Override
        public Map<String, Tried> tried(Path config, String name) {
            SiteLoader.Loaded loaded = loaded(config);
            Site site = loaded.site();
            Target target = site.target(TargetName.of(name)).orElseThrow();
            Executor executor = assembly.executors(loaded).of(target);
            Map<String, Tried> tried = new LinkedHashMap<>();
            for (String check : site.checksOf(target)) {
                if (checks().contains(check) && mayNotFit(check)) {
                    seen(executor, target, check).ifPresent(how -> tried.put(check, how));
                }
            }
            return tried;
        }

        /** That the container lives and is the right one must hold for every service. */
        private static boolean mayNotFit(String check) {
            return check.startsWith("should: ") || !check.startsWith("container ");
        }

        private Optional<Tried> seen(Executor executor, Target target, String check) {
            try {
                var bare = bare(target);
                var by = Deadline.in(LOOK_WITHIN, outside.nanos());
                return executor
                        .proof(bare)
                        .standing(List.of(withoutVersion(check)), by)
                        .rows()
                        .stream()
                        .filter(row -> row.finding() != Evidence.Finding.UNKNOWN)
                        .map(row -> new Tried(row.finding() == Evidence.Finding.WELL, row.seen()))
                        .findFirst();
            } catch (ProblemException cannotLook) {
                return Optional.empty();
            }
        }

        /** Which version is the right one nobody knows yet: that it tells one is what fits. */
        private static String withoutVersion(String check) {
            return check.replaceFirst("(\\[BODY]\\S*) == \\{version}", "has($1) == true");
        }

        /** Without checks of its own, so that each line is tried by itself. */
        private static Target bare(Target target) {
            return new Target(
                    target.name(),
                    target.host(),
                    target.policy(),
                    target.goodAfter(),
                    target.soak(),
                    List.of(),
                    target.settings(),
                    target.file());
        }

        @Override
        public void writeSchemas(Path config) {
            assembly.schemas().write(config);
        }
    }
}
