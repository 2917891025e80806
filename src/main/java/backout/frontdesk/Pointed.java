package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Form;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.problem.Problem;
import backout.run.Journal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody points at a message that says what went wrong: the form of a rollback, begun by it. */
record Pointed(Site site, Journal journal, Missing missing) {
    /** What people and machines write around names. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}._/:@-]+");

    private static final Pattern STOP = Pattern.compile("[.:]+$");

    /**
     * @throws backout.problem.ProblemException when nothing can be rolled back here, or not by them
     */
    Reply at(Person person, String text) {
        Set<String> words =
                BETWEEN.splitAsStream(text)
                        .map(word -> STOP.matcher(word).replaceAll(""))
                        .collect(Collectors.toSet());
        List<CommandSpec> rollbacks =
                site.commands().stream().filter(CommandSpec::isRollback).toList();
        var command =
                rollbacks.stream()
                        .filter(one -> named(one, words).size() == 1)
                        .findFirst()
                        .or(() -> rollbacks.stream().findFirst())
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("no command here rolls anything back"),
                                        Phrase.of("say: help")));
        var bare = new Invocation(command, Map.of());
        Rank.require(site, person, bare);
        Form form = missing.rollback(bare, filled(command, words));
        return new Reply.Ask(
                form,
                Problem.of(
                        Phrase.of("nothing was asked for yet"),
                        Phrase.of("say: {0}", command.name() + " " + command.words().text())));
    }

    private List<Target> named(CommandSpec command, Set<String> words) {
        return site.targetsOf(command.kind()).stream()
                .filter(target ->
                        words.contains(target.name().name())
                                || words.contains(target.name().toString()))
                .toList();
    }

    /** What runs is what went wrong, and nothing to go back to. */
    private Map<String, String> filled(CommandSpec command, Set<String> words) {
        var filled = new LinkedHashMap<String, String>();
        List<Target> all = site.targetsOf(command.kind());
        List<Target> meant = all.size() == 1 ? all : named(command, words);
        if (meant.size() == 1) {
            filled.put("target", meant.getFirst().name().name());
            Ledger ledger = Ledger.of(journal.read(meant.getFirst().name()));
            String current = ledger.current().map(Release::id).orElse("");
            List<String> releases =
                    ledger.releases().stream()
                            .filter(release -> !release.id().equals(current))
                            .filter(release -> words.stream().anyMatch(release::isCalled))
                            .map(Release::name)
                            .distinct()
                            .toList();
            if (releases.size() == 1) {
                filled.put("release", releases.getFirst());
            }
        }
        return filled;
    }
}
