package backout.config;

import backout.command.CommandSpec;
import backout.command.Grammar.Clause;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.TargetKind;
import backout.problem.Nearest;
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

    void check(Found<CommandSpec> found, boolean wordsWereRead) {
        CommandSpec command = found.value();
        if (command.isRollback()) {
            rollback(found);
        } else {
            OF_ROLLBACKS.stream()
                    .filter(key -> found.section().members().containsKey(key))
                    .forEach(key ->
                            problems.add(
                                    found.place(key),
                                    "belongs to rollbacks, this command does " + command.does(),
                                    "Leave the key out"));
        }
        if (wordsWereRead && (!command.isRollback() || kinds.containsKey(command.kind()))) {
            words(found);
        }
    }

    private void rollback(Found<CommandSpec> found) {
        CommandSpec command = found.value();
        TargetKind kind = kinds.get(command.kind());
        if (command.kind().isEmpty()) {
            missing(found, "kind", "Kinds are: " + String.join(", ", kinds.keySet()));
        } else if (kind == null) {
            problems.add(
                    found.place("kind"),
                    "there is no kind \"" + Shown.of(command.kind()) + "\"",
                    Kinds.advice(command.kind(), kinds.keySet()));
        } else {
            new ActionWords(kind, problems).check(found);
        }
        if (command.swap().isEmpty()) {
            missing(found, "switch", "Say which actions are the downtime");
        }
        if (command.checks().isEmpty()) {
            missing(found, "checks", "Say what proves that the rollback worked");
        }
    }

    private void missing(Found<CommandSpec> found, String key, String next) {
        problems.add(found.place(key), "a rollback has no \"" + key + "\"", next);
    }

    private void words(Found<CommandSpec> found) {
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
                                "the words do not ask for " + need.toUpperCase(Locale.ROOT),
                                "Add it without brackets: "
                                        + command.does()
                                        + " cannot answer without it"));
    }

    private void unknown(Found<CommandSpec> found, Clause clause, List<String> known) {
        problems.add(
                found.place("words"),
                found.value().does() + " does nothing with \"" + clause.key() + "\"",
                Nearest.to(clause.key(), known)
                                .map(near -> "Did you mean \"" + near + "\"? ")
                                .orElse("")
                        + "It understands: "
                        + String.join(", ", known));
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

    private void choicesFit(Found<CommandSpec> found, Clause clause) {
        Optional<Setting> setting =
                choices(found.value()).stream()
                        .filter(one -> one.key().equals(clause.key()))
                        .findFirst();
        setting.filter(one ->
                        clause.choices().isEmpty() || !one.choices().containsAll(clause.choices()))
                .ifPresent(one ->
                        problems.add(
                                found.place("words"),
                                "\"" + clause.key() + "\" offers other values than its setting",
                                "Write ["
                                        + one.key()
                                        + " "
                                        + String.join("|", one.choices())
                                        + "]"));
    }

    private static boolean isNeeded(CommandSpec command, String need) {
        return command.words().clauses().stream()
                .anyMatch(clause -> clause.key().equals(need) && !clause.optional());
    }
}
