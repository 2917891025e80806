package backout.command;

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
}
