package backout.cli;

import backout.config.Folders;
import backout.frontdesk.ChatKeys;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the arguments of {@code bot/backout}; does nothing else. */
public final class Arguments {
    private static final Set<String> HELP = Set.of("--help", "-h", "-?", "/?");

    private final Path home;
    private final String version;
    private final CommandLine line;
    private final List<ChatKeys> chats;

    /**
     * @param home the folder whose {@code config/} and {@code commands/} are taken by default
     * @param language of the help
     * @param chats that there is a manifest for
     */
    public Arguments(Path home, String version, Language language, List<ChatKeys> chats) {
        this.home = home;
        this.chats = List.copyOf(chats);
        this.version = version;
        this.line = new CommandLine(new Usage(language, chats).root());
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(false);
    }

    /**
     * @throws ProblemException when they are not understood, with the nearest sub-command
     */
    public Verb read(List<String> arguments) {
        if (arguments.isEmpty() || asksForHelp(arguments)) {
            return new Verb.Text(help(arguments));
        }
        if (arguments.contains("--version")) {
            return new Verb.Text("backout " + version + System.lineSeparator());
        }
        try {
            List<ParseResult> all = chain(line.parseArgs(arguments.toArray(String[]::new)));
            ParseResult said = all.getLast();
            if (!said.commandSpec().subcommands().isEmpty()) {
                throw Problem.stop(
                        Phrase.of("no command is named"), known(said.commandSpec().commandLine()));
            }
            return wish(all, said);
        } catch (UnmatchedArgumentException e) {
            throw unmatched(e);
        } catch (ParameterException e) {
            throw Problem.stop(Mistake.of(e, arguments), written(e.getCommandLine()));
        }
    }

    /** From the root to the command that is meant: {@code hosts}, {@code scan}. */
    private static List<ParseResult> chain(ParseResult root) {
        var chain = new ArrayList<>(List.of(root));
        while (chain.getLast().hasSubcommand()) {
            chain.add(chain.getLast().subcommand());
        }
        return chain;
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.stream().anyMatch(HELP::contains) || arguments.getFirst().equals("help");
    }

    private String help(List<String> arguments) {
        CommandLine where = line;
        for (String word : arguments) {
            where = where.getSubcommands().getOrDefault(word, where);
        }
        return where.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    private ProblemException unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().getFirst();
        CommandLine where = e.getCommandLine();
        if (!where.getSubcommands().isEmpty() && !word.startsWith("-")) {
            return Problem.stop(
                    Phrase.of("there is no \"{0}\"", Shown.of(word)), near(where, word));
        }
        List<String> options =
                where.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
        return Problem.stop(
                Phrase.of("\"{0}\" is not understood here", Shown.of(word)),
                Nearest.to(word, options)
                        .map(best -> Phrase.of("Did you mean {0}? {1}", best, typed(where, word)))
                        .orElse(typed(where, word)));
    }

    private static Phrase typed(CommandLine where, String word) {
        var takes = where.getCommandSpec().positionalParameters();
        boolean begins = word.startsWith("-");
        if (begins && takes.stream().anyMatch(one -> one.arity().isVariable())) {
            return Phrase.of(
                    "Words that begin with - stand between the quotes of a command, or after --."
                            + " {0}",
                    written(where));
        }
        return !begins && takes.isEmpty()
                ? Phrase.of(
                        "{0} takes nothing but options. {1}",
                        where.getCommandName(), written(where))
                : written(where);
    }

    /** All that can be typed there, in one line. */
    private static Phrase written(CommandLine where) {
        var plain = CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF);
        String synopsis = new CommandLine.Help(where.getCommandSpec(), plain).synopsis(0);
        return Phrase.of("Write: {0}", synopsis.strip().replaceAll("\\s+", " "));
    }

    private static Phrase near(CommandLine where, String word) {
        return Nearest.to(word, where.getSubcommands().keySet())
                .map(best -> Phrase.of("Did you mean \"{0}\"? {1}", best, known(where)))
                .orElse(known(where));
    }

    private static Phrase known(CommandLine where) {
        return Phrase.of("There are: {0}", Phrase.list(where.getSubcommands().keySet()));
    }

    private Verb wish(List<ParseResult> all, ParseResult said) {
        Folders folders = folders(all);
        return switch (said.commandSpec().name()) {
            case "demo" ->
                    new Verb.Demo(
                            folders.commands(),
                            said.hasMatchedOption("--script"),
                            said.hasMatchedOption("--automatic"),
                            !said.hasMatchedOption("--no-install"));
            case "run" ->
                    new Verb.Run(
                            folders, words(said), person(said), said.hasMatchedOption("--yes"));
            case "plan" -> new Verb.Plan(folders, words(said), said.hasMatchedOption("--shell"));
            case "check" -> new Verb.Check(folders, said.hasMatchedOption("--live"));
            case "doctor" -> new Verb.Doctor(folders, !said.hasMatchedOption(Usage.NO_PEOPLE));
            case "status" -> new Verb.Status(folders, first(said));
            case "oncall" -> new Verb.OnCall(folders);
            case "history" ->
                    new Verb.History(
                            folders,
                            first(said).orElse(""),
                            said.matchedOptionValue(RunUsage.BY, ""),
                            said.matchedOptionValue(RunUsage.RESULT, ""),
                            said.matchedOptionValue(RunUsage.SINCE, ""),
                            said.matchedOptionValue(RunUsage.MOST, "20"),
                            said.hasMatchedOption(RunUsage.JSON));
            case "locked" ->
                    new Verb.Locked(
                            folders,
                            first(said).orElseThrow(),
                            said.hasMatchedOption(RunUsage.JSON));
            case "cancel" -> new Verb.Cancel(folders, first(said).orElseThrow(), person(said));
            case "console" -> new Verb.Console(folders, person(said));
            case "serve" -> new Verb.Serve(folders);
            case "init" ->
                    new Verb.Init(
                            first(said).map(Arguments::path).orElse(folders.config()),
                            folders.commands(),
                            Optional.ofNullable(said.matchedOptionValue(Usage.PROJECT, null)),
                            Optional.ofNullable(said.matchedOptionValue(Usage.HOST, null)),
                            said.hasMatchedOption("--yes"));
            case "schema" -> new Verb.Schema(folders);
            case "backup" -> new Verb.Backup(folders, path(first(said).orElseThrow()));
            case "open" ->
                    new Verb.Open(
                            folders, first(said).orElseThrow(), nth(said, 1).map(Arguments::path));
            case "loglevel" ->
                    new Verb.LogLevel(folders, List.of(words(said).strip().split("\\s+")));
            case "verify" -> AuditUsage.orTarget(folders, said, first(said));
            case "decide" -> new Verb.Decide(folders, first(said).orElseThrow());
            case "export" ->
                    new Verb.AuditExport(folders, said.matchedOptionValue(RunUsage.SINCE, ""));
            case "scan" -> new Verb.Scan(folders, first(said).orElseThrow());
            case "signin" -> new Verb.SignIn(folders, first(said).orElseThrow());
            case "manifest" -> manifest(folders, said);
            case "completion" -> completion(folders, said);
            default -> throw new IllegalStateException("no wish for " + said.commandSpec().name());
        };
    }

    /** The names are what the script itself asks for, and nobody else is told of. */
    private Verb completion(Folders folders, ParseResult said) {
        String word = first(said).orElseThrow();
        if (Completion.SHELLS.contains(word)) {
            return new Verb.Text(Completion.script(line.getCommandSpec()));
        }
        return new Verb.Listed(
                folders,
                Names.of(word)
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of(
                                                "there is no completion for \"{0}\"",
                                                Shown.of(word)),
                                        Phrase.of("Say: {0}", Phrase.list(Completion.SHELLS)))));
    }

    private Verb manifest(Folders folders, ParseResult said) {
        String name = first(said).orElseThrow();
        ChatKeys chat =
                chats.stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> noManifest(name));
        String url = said.matchedOptionValue(Usage.URL, "");
        if (!url.isEmpty() && !url.matches("https://[A-Za-z0-9.:-]+(/[\\w./-]*)?")) {
            throw Problem.stop(
                    Phrase.of(
                            "\"{0}\" is nothing that {1} could reach",
                            Shown.of(url), chat.called()),
                    Phrase.of("Name it like {0} https://backout.example.com", Usage.URL));
        }
        return new Verb.Manifest(folders, name, url);
    }

    private ProblemException noManifest(String name) {
        return Problem.stop(
                Phrase.of("there is no manifest for \"{0}\"", Shown.of(name)),
                Phrase.of("Say: {0}", Phrase.list(chats.stream().map(ChatKeys::name).toList())));
    }

    private static String words(ParseResult said) {
        List<String> words = said.matchedPositionalValue(0, List.of());
        return String.join(" ", words);
    }

    private static Optional<String> first(ParseResult said) {
        return nth(said, 0);
    }

    private static Optional<String> nth(ParseResult said, int before) {
        return said.matchedPositionals().stream()
                .skip(before)
                .findFirst()
                .map(found -> String.valueOf(found.<Object>getValue()));
    }

    private static String person(ParseResult said) {
        return said.matchedOptionValue(Usage.AS, "");
    }

    private Folders folders(List<ParseResult> all) {
        var given = new ArrayList<String>();
        Path config = folder("--config", all, given);
        Path commands = folder("--commands", all, given);
        return new Folders(config, commands, String.join("", given));
    }

    /** The nearest to the command that is meant. */
    private Path folder(String option, List<ParseResult> all, List<String> given) {
        String typed = "";
        for (ParseResult said : all) {
            typed = said.<Object>matchedOptionValue(option, typed).toString();
        }
        if (typed.isEmpty()) {
            return home.resolve(option.substring(2));
        }
        given.add(" " + option + " " + (typed.matches("[\\w./-]+") ? typed : quoted(typed)));
        return path(typed);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" is no path", Shown.of(text)),
                    Phrase.of("Name a file or folder"));
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
