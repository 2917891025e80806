package backout.command;

import backout.command.Grammar.Clause;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Words that were understood: a command and the values of its clauses by {@link
 * Grammar.Clause#key()}. Nothing of it was looked up yet.
 */
public record Invocation(CommandSpec command, Map<String, String> values) {
    /** Gives a safeguard up, which the command itself does not. */
    private static final String WITHOUT_BACKUP = "without-data-backup";

    private static final int HIGHEST = 3;

    public Invocation {
        values = Map.copyOf(values);
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether it gives a safeguard up: that needs one level more than usual, and a reason. */
    public boolean isDaring() {
        return has(WITHOUT_BACKUP);
    }

    /** The lowest level that may say it. */
    public int level() {
        return isDaring() ? Math.min(HIGHEST, command.level() + 1) : command.level();
    }

    /** The same with these values besides; they win over what was said before. */
    public Invocation with(Map<String, String> more) {
        var all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Invocation(command, all);
    }

    /** As it would be typed with what makes sure of it, which stands before a reason. */
    public String typing(String wanted) {
        String[] reasoned = text().split(" because ", 2);
        String typing = reasoned[0] + " typing " + wanted;
        return reasoned.length == 1 ? typing : typing + " because " + reasoned[1];
    }

    /** As it would be typed: {@code compose claude-relay to 1.2.0 because 5xx}. */
    public String text() {
        var text = new StringBuilder(command.name());
        for (Clause clause : command.words().clauses()) {
            String value = values.get(clause.key());
            if (value != null) {
                clause.lead().forEach(word -> text.append(' ').append(word));
                text.append(clause.value().isEmpty() ? "" : " " + value);
            }
        }
        return text.toString();
    }
}
