package backout.command;

import java.util.List;

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

    public boolean isRollback() {
        return does.equals("rollback");
    }
}
