package backout.plan;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of {@link Setting}s, already read into the type of their form: {@link String} (TEXT,
 * CHOICE, ADDRESS, PLACE, SECRET as its reference), {@code List<String>}, {@code
 * List<List<String>>} (COMMANDS), {@link Duration}, {@link Long} (SIZE in bytes, NUMBER), {@link
 * Boolean}, {@link URI}, {@code Map<String, String>} (SECRETS, CHANNELS). Defaults are filled in; a
 * key that is neither given nor has a default is absent.
 */
public record Settings(Map<String, Object> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    public String text(String key) {
        return find(key, String.class).orElseThrow(() -> absent(key));
    }

    public Optional<String> textIfAny(String key) {
        return find(key, String.class);
    }

    public List<String> texts(String key) {
        List<?> list = find(key, List.class).orElse(List.of());
        return list.stream().map(Object::toString).toList();
    }

    /** Argument lists, each with at least the program. */
    public List<List<String>> commands(String key) {
        List<?> list = find(key, List.class).orElse(List.of());
        return list.stream()
                .map(one -> ((List<?>) one).stream().map(Object::toString).toList())
                .toList();
    }

    public Duration duration(String key) {
        return find(key, Duration.class).orElseThrow(() -> absent(key));
    }

    /** A whole number, or a size in bytes. */
    public long number(String key) {
        return find(key, Long.class).orElseThrow(() -> absent(key));
    }

    public boolean flag(String key) {
        return find(key, Boolean.class).orElse(false);
    }

    public Optional<URI> url(String key) {
        return find(key, URI.class);
    }

    /**
     * Names with references ({@code env:NAME}, {@code file:PATH}), never with the secrets
     * themselves.
     */
    public Map<String, String> secrets(String key) {
        return pairs(key);
    }

    /** Ids of channels with the choice for each. */
    public Map<String, String> channels(String key) {
        return pairs(key);
    }

    /** What stands below this section, by the keys within it. */
    public Settings below(String section) {
        String prefix = section + ".";
        var below = new LinkedHashMap<String, Object>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return new Settings(below);
    }

    private Map<String, String> pairs(String key) {
        Map<?, ?> map = find(key, Map.class).orElse(Map.of());
        var named = new LinkedHashMap<String, String>();
        map.forEach((name, value) -> named.put(name.toString(), value.toString()));
        return named;
    }

    private <T> Optional<T> find(String key, Class<T> type) {
        return Optional.ofNullable(values.get(key)).map(type::cast);
    }

    private static IllegalStateException absent(String key) {
        return new IllegalStateException("setting " + key + " has neither a value nor a default");
    }
}
