package backout.command;

import backout.plan.Risk;
import backout.plan.Target;

import java.util.List;
import java.util.stream.Stream;

/**
 * One sub-command of {@code /rollback}, as its file in {@code commands/} describes it.
 *
 * @param name the word that is typed
 * @param says one line for help
 * @param words what may follow, in the notation of {@link Grammar}
 * @param does which built-in answers it ({@code help}, {@code status}…), or {@code rollback}
 * @param kind for a rollback: which executor's targets it is for
 * @param level the lowest level that may say it
 * @param prepare the executor's actions before the downtime, in order
 * @param swap the executor's actions that are the downtime, in order (the key in the file is {@code
 *     switch})
 * @param checks what proves it: lines of the check language, with placeholders
 * @param risk how it is made sure that somebody means it; of a rollback when they confirm it
 */
public record CommandSpec(
        String name,
        String says,
        Grammar words,
        String does,
        String kind,
        int level,
        List<String> prepare,
        List<String> swap,
        List<String> checks,
        Risk risk) {
    /** The key of what was typed to make sure. */
    public static final String TYPED = "text";

    private static final String TYPING = "[typing TEXT]";

    public CommandSpec {
        prepare = List.copyOf(prepare);
        swap = List.copyOf(swap);
        checks = List.copyOf(checks);
    }

    /** One of which a press is enough. */
    public CommandSpec(
            String name,
            String says,
            Grammar words,
            String does,
            String kind,
            int level,
            List<String> prepare,
            List<String> swap,
            List<String> checks) {
        this(name, says, words, does, kind, level, prepare, swap, checks, Risk.BUTTON);
    }

    /** The same, that can be said with what makes sure of it where there are no dialogs. */
    public CommandSpec typing() {
        return words.text().contains(TYPING)
                ? this
                : new CommandSpec(
                        name,
                        says,
                        Grammar.of((words.text() + " " + TYPING).strip()),
                        does,
                        kind,
                        level,
                        prepare,
                        swap,
                        checks,
                        risk);
    }

    /**
     * What proves that a target is well: these checks but those that do not fit it, and its own.
     */
    public List<String> checksFor(Target target) {
        List<String> without = target.settings().texts("without-checks");
        Stream<String> fitting = checks.stream().filter(check -> !without.contains(check));
        return Stream.concat(fitting, target.checks().stream())
                .filter(this::isWorthTheTime)
                .distinct()
                .toList();
    }

    /** What only warns is left out in an emergency: it is told later by the watch. */
    private boolean isWorthTheTime(String check) {
        return !isEmergency() || !check.startsWith("should:");
    }

    public boolean isRollback() {
        return does.equals("rollback");
    }

    /** Whether it rolls targets of every kind back, by the shortest plan. */
    public boolean isEmergency() {
        return does.equals("emergency");
    }

    /** Whether it rolls several targets back in one run. */
    public boolean isGroup() {
        return does.equals("group");
    }

    /** Whether a run comes of it. */
    public boolean rollsBack() {
        return isRollback() || isEmergency() || isGroup();
    }

    /** This command for one kind: what the rollback of that kind does, in these words. */
    CommandSpec by(CommandSpec rollback) {
        return new CommandSpec(
                name,
                says,
                words,
                does,
                rollback.kind,
                level,
                rollback.prepare,
                rollback.swap,
                rollback.checks);
    }
}
