package backout.config;

import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.language.Phrase;
import backout.plan.Risk;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.TargetKind;
import backout.problem.Shown;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What must hold between the keys of one command's file. */
final class CommandRules {
    static final List<String> OF_ROLLBACKS = List.of("kind", "prepare", "switch", "checks");

    private final Map<String, TargetKind> kinds;
    private final Problems problems;

    CommandRules(Map<String, TargetKind> kinds, Problems problems) {
        this.kinds = kinds;
        this.problems = problems;
    }

    void check(Names.Found<CommandSpec> found, boolean wordsWereRead) {
        CommandSpec command = found.value();
        if (command.isRollback()) {
            rollback(found);
        } else {
            OF_ROLLBACKS.stream()
                    .filter(key -> found.section().members().containsKey(key))
                    .forEach(key ->
                            problems.add(
                                    found.place(key),
                                    Phrase.of(
                                            "belongs to rollbacks, this command does {0}",
                                            command.does()),
                                    Phrase.of("Leave the key out")));
        }
        if (command.risk() != Risk.BUTTON && !Does.of(command.does()).mayBeRisky()) {
            problems.add(
                    found.place("risk"),
                    Phrase.of("{0} is never asked back for", command.does()),
                    Phrase.of("Leave the key out"));
        }
        if (wordsWereRead && (!command.isRollback() || kinds.containsKey(command.kind()))) {
            words(found);
        }
    }

    private void rollback(Names.Found<CommandSpec> found) {
        CommandSpec command = found.value();
        TargetKind kind = kinds.get(command.kind());
        if (command.kind().isEmpty()) {
            missing(
                    found,
                    "kind",
                    Phrase.of(
                            "Kinds are: {0}",
                            Phrase.list(kinds.keySet().stream().sorted().toList())));
        } else if (kind == null) {
            problems.add(
                    found.place("kind"),
                    Phrase.of("there is no kind \"{0}\"", Shown.of(command.kind())),
                    Names.nearestKind(command.kind(), kinds.keySet()));
        } else {
            new ActionWords(kind, problems).check(found);
        }
        if (command.swap().isEmpty()) {
            missing(found, "switch", Phrase.of("Say which actions are the downtime"));
        }
        if (command.checks().isEmpty()) {
            missing(found, "checks", Phrase.of("Say what proves that the rollback worked"));
        }
    }

    private void missing(Names.Found<CommandSpec> found, String key, Phrase next) {
        problems.add(found.place(key), Phrase.of("a rollback has no \"{0}\"", key), next);
    }

    private void words(Names.Found<CommandSpec> found) {
        CommandSpec command = found.value();
        Does does = Does.of(command.does());
        List<String> known = new ArrayList<>(does.understands());
        choices(command).forEach(setting -> known.add(setting.key()));
        for (Clause clause : command.words().clauses()) {
            if (!known.contains(clause.key())) {
                unknown(found, clause, known);
            } else {
                choicesFit(found, clause);
            }
        }
        does.needs().stream()
                .filter(need -> !isNeeded(command, need))
                .forEach(need ->
                        problems.add(
                                found.place("words"),
                                Phrase.of(
                                        "the words do not ask for {0}",
                                        need.toUpperCase(Locale.ROOT)),
                                Phrase.of(
                                        "Add it without brackets: {0} cannot answer without it",
                                        command.does())));
    }

    private void unknown(Names.Found<CommandSpec> found, Clause clause, List<String> known) {
        problems.add(
                found.place("words"),
                Phrase.of("{0} does nothing with \"{1}\"", found.value().does(), clause.key()),
                Names.nearest(
                        clause.key(), known, Phrase.of("It understands: {0}", Phrase.list(known))));
    }

    /**
     * Settings of the kind that a command's words may choose anew: {@code drain 0s|3s|10s}. What is
     * inside a section concerns no single rollback.
     */
    private List<Setting> choices(CommandSpec command) {
        TargetKind kind = kinds.get(command.kind());
        return command.isRollback() && kind != null
                ? kind.settings().stream()
                        .filter(setting -> setting.form() == Form.CHOICE)
                        .filter(setting -> !setting.key().contains("."))
                        .toList()
                : List.of();
    }

    private void choicesFit(Names.Found<CommandSpec> found, Clause clause) {
        Optional<Setting> setting =
                choices(found.value()).stream()
                        .filter(one -> one.key().equals(clause.key()))
                        .findFirst();
        setting.filter(one ->
                        clause.choices().isEmpty() || !one.choices().containsAll(clause.choices()))
                .ifPresent(one ->
                        problems.add(
                                found.place("words"),
                                Phrase.of(
                                        "\"{0}\" offers other values than its setting",
                                        clause.key()),
                                Phrase.of(
                                        "Write [{0} {1}]",
                                        one.key(), String.join("|", one.choices()))));
    }

    private static boolean isNeeded(CommandSpec command, String need) {
        return command.words().clauses().stream()
                .anyMatch(clause -> clause.key().equals(need) && !clause.optional());
    }
}
