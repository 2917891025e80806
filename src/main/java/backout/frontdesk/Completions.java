package backout.frontdesk;

import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.command.Site;
import backout.plan.Freeze;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.run.Journal;
import backout.run.RunId;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which words may come next in a command, for the Tab key and for chats that suggest. */
public final class Completions {
    /** What can be said of all targets at once. */
    private static final Set<String> OF_ALL = Set.of("freeze", "thaw");

    private final Site site;
    private final Journal journal;

    public Completions(Site site, Journal journal) {
        this.site = site;
        this.journal = journal;
    }

    /**
     * @param words those before the one that is being typed
     */
    public List<String> after(List<String> words) {
        if (words.isEmpty() || words.equals(List.of("plan"))) {
            return site.commands().stream().map(CommandSpec::name).toList();
        }
        List<String> said =
                words.getFirst().equals("plan") ? words.subList(1, words.size()) : words;
        return site.commands().stream()
                .filter(command -> command.name().equals(said.getFirst()))
                .flatMap(command -> following(command, said.subList(1, said.size())))
                .distinct()
                .toList();
    }

    /**
     * What may stand for this clause.
     *
     * @param said values that were said already, such as the target of a release
     */
    public List<String> of(CommandSpec command, Clause clause, List<String> said) {
        return values(command, clause, said).distinct().toList();
    }

    /**
     * What may stand in an input of a form.
     *
     * @param words the command as the form has it
     * @param values what is filled in so far
     */
    public List<String> of(String words, String key, Collection<String> values) {
        var said = new ArrayList<>(List.of(words.split(" ")));
        said.addAll(values);
        return site.commands().stream()
                .filter(command -> command.name().equals(said.getFirst()))
                .flatMap(command ->
                        command.words().clauses().stream()
                                .filter(clause -> clause.key().equals(key))
                                .flatMap(clause -> values(command, clause, named(command, said))))
                .distinct()
                .toList();
    }

    /** A chat may not tell what is chosen elsewhere in its form: then it may be any target. */
    private List<String> named(CommandSpec command, List<String> said) {
        List<String> all = targets(command).map(target -> target.name().name()).toList();
        return said.stream().anyMatch(all::contains) ? said : all;
    }

    /**
     * Those of them that fit what somebody has typed so far: first what begins so.
     *
     * @param longest in characters, that the chat takes
     */
    public static List<String> fitting(List<String> all, String typed, int longest, int most) {
        String part = typed.strip().toLowerCase(Locale.ROOT);
        var begun = all.stream().filter(one -> one.toLowerCase(Locale.ROOT).startsWith(part));
        var within = all.stream().filter(one -> one.toLowerCase(Locale.ROOT).contains(part));
        return Stream.concat(begun, within)
                .distinct()
                .filter(one -> !one.isEmpty() && one.length() <= longest)
                .limit(most)
                .toList();
    }

    private Stream<String> following(CommandSpec command, List<String> words) {
        Optional<Clause> begun =
                command.words().clauses().stream()
                        .filter(clause -> !clause.lead().isEmpty() && !clause.value().isEmpty())
                        .filter(clause -> endsWith(words, clause.lead()))
                        .findFirst();
        if (begun.isPresent()) {
            return values(command, begun.get(), words);
        }
        return command.words().clauses().stream()
                .flatMap(clause ->
                        clause.lead().isEmpty()
                                ? values(command, clause, words)
                                : Stream.of(String.join(" ", clause.lead())))
                .filter(word -> !words.contains(word));
    }

    private static boolean endsWith(List<String> words, List<String> lead) {
        int from = words.size() - lead.size();
        return from >= 0 && words.subList(from, words.size()).equals(lead);
    }

    private Stream<String> values(CommandSpec command, Clause clause, List<String> words) {
        return switch (clause.value()) {
            case "target" -> targetNames(command);
            case "group" -> site.groups().keySet().stream();
            case "time" -> Stream.of("30m", "2h", "1d");
            case "run" -> journal.open().stream().map(RunId::text);
            case "command" -> site.commands().stream().map(CommandSpec::name);
            case "release" -> releases(command, words);
            default -> clause.choices().stream();
        };
    }

    private Stream<String> targetNames(CommandSpec command) {
        Stream<String> names = targets(command).map(target -> target.name().name());
        return OF_ALL.contains(command.does())
                ? Stream.concat(names, Stream.of(Freeze.SITE.name()))
                : names;
    }

    private Stream<Target> targets(CommandSpec command) {
        return command.isRollback()
                ? site.targetsOf(command.kind()).stream()
                : site.targets().values().stream();
    }

    private Stream<String> releases(CommandSpec command, List<String> words) {
        List<Target> all = targets(command).toList();
        return all.stream()
                .filter(target -> all.size() == 1 || words.contains(target.name().name()))
                .flatMap(target -> Ledger.of(journal.read(target.name())).releases().stream())
                .filter(release ->
                        !command.rollsBack() || release.standing() != Release.Standing.BAD)
                .map(Release::name);
    }
}
