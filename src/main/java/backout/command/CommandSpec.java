package backout.command;

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
        List<String> checks) {
    public CommandSpec {
        prepare = List.copyOf(prepare);
        swap = List.copyOf(swap);
        checks = List.copyOf(checks);
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

    /** Whether a run comes of it. */
    public boolean rollsBack() {
        return isRollback() || isEmergency();
    }

    /** This emergency for one kind: what the rollback of that kind does, in these words. */
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
