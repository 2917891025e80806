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
    public Invocation {
        values = Map.copyOf(values);
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The same with these values besides; they win over what was said before. */
    public Invocation with(Map<String, String> more) {
        var all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Invocation(command, all);
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
