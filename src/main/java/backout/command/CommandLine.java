package backout.command;

import backout.command.Grammar.Clause;
import backout.language.Phrase;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads what somebody typed after {@code /rollback}. Understands or refuses; never runs anything.
 */
public final class CommandLine {
    /** Longer than this is no command; a reason of 1,000 characters fits well. */
    static final int MAX_LENGTH = 2000;

    /**
     * Any white space that chats and phones put between words, also the kind that does not break.
     */
    private static final Pattern SPACE = Pattern.compile("(?U)\\s+");

    /** Phones and chats turn two hyphens into a dash. */
    private static final Set<String> LONG_HELP = Set.of("--help", "—help", "–help");

    private final Map<String, CommandSpec> commands = new LinkedHashMap<>();

    public CommandLine(Collection<CommandSpec> commands) {
        commands.forEach(command -> this.commands.put(command.name(), command));
    }

    /**
     * @param text what follows {@code /rollback}; nothing at all, {@code help} and any {@code
     *     --help} ask for help
     * @throws ProblemException when it is not understood, with the nearest command and how it is
     *     written
     */
    public Invocation read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw Problem.stop(
                    Phrase.of(
                            "this command has {0} characters, {1} are allowed",
                            text.length(), MAX_LENGTH),
                    Phrase.of("Shorten the reason"));
        }
        var words = new ArrayList<>(List.of(SPACE.split(text)));
        words.removeIf(String::isEmpty);
        if (words.isEmpty() || asksForHelp(words)) {
            words.removeIf(CommandLine::isHelp);
            return help(words.isEmpty() ? "" : words.getFirst());
        }
        CommandSpec command = commandNamed(words.getFirst());
        return new Invocation(command, values(command, words.subList(1, words.size())));
    }

    /**
     * The same with what a form adds.
     *
     * @throws ProblemException when that is none of what can be chosen there
     */
    public Invocation read(String text, Map<String, String> values) {
        Invocation said = read(text);
        for (Clause clause : said.command().words().clauses()) {
            String value = values.get(clause.key());
            if (value != null) {
                refuseOthers(clause, value);
            }
        }
        return said.with(values);
    }

    private static void refuseOthers(Clause clause, String word) {
        if (!clause.choices().isEmpty() && !clause.choices().contains(word)) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" is no {1}", Shown.of(word), clause.value()),
                    Phrase.of("It is one of: {0}", Phrase.list(clause.choices())));
        }
    }

    /** In a reason only {@code --help} itself asks for help: "because why ?" is a reason. */
    private static boolean asksForHelp(List<String> words) {
        return words.stream().anyMatch(LONG_HELP::contains)
                || words.stream()
                        .takeWhile(word -> !word.equals("because"))
                        .anyMatch(CommandLine::isHelp);
    }

    private static boolean isHelp(String word) {
        return LONG_HELP.contains(word)
                || word.equals("-h")
                || word.equals("-help")
                || word.equals("?");
    }

    private Invocation help(String about) {
        return new Invocation(
                commandNamed("help"),
                commands.containsKey(about) ? Map.of("command", about) : Map.of());
    }

    private CommandSpec commandNamed(String word) {
        CommandSpec command = commands.get(word.toLowerCase(Locale.ROOT));
        if (command != null) {
            return command;
        }
        Phrase all = Phrase.of("Commands are: {0}", commands.keySet());
        throw Problem.stop(
                Phrase.of("there is no command \"{0}\"", Shown.of(word)),
                Nearest.to(word, commands.keySet())
                        .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", near, all))
                        .orElse(all));
    }

    private Map<String, String> values(CommandSpec command, List<String> words) {
        var values = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < words.size()) {
            at = takeClause(command, words, at, values);
        }
        for (Clause clause : command.words().clauses()) {
            if (!clause.optional() && !values.containsKey(clause.key())) {
                throw Problem.stop(
                        Phrase.of("\"{0}\" needs {1}", command.name(), needed(clause)),
                        usage(command));
            }
        }
        return values;
    }

    private int takeClause(
            CommandSpec command, List<String> words, int at, Map<String, String> values) {
        for (Clause clause : command.words().clauses()) {
            if (!clause.lead().isEmpty() && startsWith(words, at, clause.lead())) {
                return take(command, clause, words, at + clause.lead().size(), values);
            }
        }
        List<Clause> bare =
                command.words().bare().stream()
                        .filter(clause -> !values.containsKey(clause.key()))
                        .toList();
        if (!bare.isEmpty()) {
            return take(command, fitting(bare, words.get(at)), words, at, values);
        }
        throw Problem.stop(
                Phrase.of("\"{0}\" is not understood here", Shown.of(words.get(at))),
                advice(command, words.get(at)));
    }

    private static Clause fitting(List<Clause> bare, String word) {
        return bare.stream()
                .filter(clause -> clause.choices().isEmpty() || clause.choices().contains(word))
                .findFirst()
                .orElse(bare.getFirst());
    }

    private int take(
            CommandSpec command,
            Clause clause,
            List<String> words,
            int at,
            Map<String, String> values) {
        if (values.containsKey(clause.key())) {
            throw Problem.stop(Phrase.of("\"{0}\" is said twice", clause.key()), usage(command));
        }
        if (clause.value().isEmpty()) {
            values.put(clause.key(), "yes");
            return at;
        }
        if (at >= words.size() || (!clause.rest() && beginsClause(command, words, at))) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" needs {1}", String.join(" ", clause.lead()), needed(clause)),
                    usage(command));
        }
        if (clause.rest()) {
            values.put(clause.key(), String.join(" ", words.subList(at, words.size())));
            return words.size();
        }
        refuseOthers(clause, words.get(at));
        values.put(clause.key(), words.get(at));
        return at + 1;
    }

    private static boolean beginsClause(CommandSpec command, List<String> words, int at) {
        return command.words().clauses().stream()
                .anyMatch(
                        clause -> !clause.lead().isEmpty() && startsWith(words, at, clause.lead()));
    }

    private static boolean startsWith(List<String> words, int at, List<String> lead) {
        return at + lead.size() <= words.size() && words.subList(at, at + lead.size()).equals(lead);
    }

    private static Phrase advice(CommandSpec command, String word) {
        var known =
                command.words().clauses().stream()
                        .flatMap(clause -> clause.lead().stream())
                        .toList();
        return Nearest.to(word, known)
                .map(near -> Phrase.of("Did you mean \"{0}\"? {1}", near, usage(command)))
                .orElse(usage(command));
    }

    private static Phrase needed(Clause clause) {
        return clause.choices().isEmpty()
                ? Phrase.of("a {0}", clause.value())
                : Phrase.of("one of {0}", clause.choices());
    }

    private static Phrase usage(CommandSpec command) {
        return Phrase.of("Write: {0}", (command.name() + " " + command.words().text()).strip());
    }
}
