package backout.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Spoils a file in one or two places: keys, values and what stands where. */
final class Mutations {
    /** Written as they stand, so that YAML guesses at them. */
    private static final List<String> VALUES =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "1.5",
                    "007",
                    "1.0",
                    "0x10",
                    "true",
                    "False",
                    "no",
                    "yes",
                    "~",
                    "null",
                    "\"\"",
                    "\"null\"",
                    "\"5\"",
                    "L1",
                    "L3",
                    "l2",
                    "en",
                    "5m",
                    "0s",
                    "0.0m",
                    "1.5h",
                    "5 m",
                    "1ms",
                    "1.5ms",
                    "30",
                    "999999999d",
                    "env:A",
                    "env:1",
                    "file:/a b",
                    "env:A B",
                    "localhost:1",
                    "localhost:65536",
                    "\"[::1]:80\"",
                    "a:b:1",
                    "local",
                    "ssh:web-1",
                    "\"ssh:\"",
                    "http://a",
                    "http://a:0/",
                    "https://a.b/c?d=%20",
                    "http://a_b",
                    "http://u:p@a",
                    "http://1.2.3.4:80//",
                    "ftp://a",
                    "http://a/%zz",
                    "unix:///run/x.sock",
                    "tcp://a:1",
                    "tcp://u@a:1",
                    "auto",
                    "10s",
                    "compose",
                    "rollback",
                    "help",
                    "compose.up",
                    "compose.pull",
                    "required",
                    "production",
                    "\"a\\nb\"",
                    "\"a\\n\"",
                    "\"a\\u0085\"",
                    "\"é 中\"",
                    "[]",
                    "{}",
                    "[a, b]",
                    "[1, true]",
                    "[~]",
                    "[[a]]",
                    "{should: a}",
                    "[{should: a}]",
                    "[{shall: a}]",
                    "{api-key: env:A}",
                    "{Api: env:A}",
                    "{api-key: b}",
                    "{a: {b: c}}");

    private static final List<String> KEYS =
            List.of(
                    "level",
                    "votes",
                    "from",
                    "host",
                    "policy",
                    "soak",
                    "checks",
                    "redis",
                    "backup",
                    "keep",
                    "name",
                    "does",
                    "kind",
                    "switch",
                    "prepare",
                    "slack",
                    "enabled",
                    "x",
                    "Level",
                    "store.dir",
                    "anna",
                    "compose/x",
                    "compose/X",
                    "other/x",
                    "without-checks");

    private final Random random;
    private final String original;

    Mutations(Random random, String original) {
        this.random = random;
        this.original = original;
    }

    /** One file in flow style, where indentation is nobody's concern. */
    String next() {
        Object tree =
                tree(
                        new Compose(LoadSettings.builder().build())
                                .composeString(original)
                                .orElseThrow());
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            tree = changed(tree);
        }
        return written(tree) + "\n";
    }

    private static Object tree(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var section = new LinkedHashMap<String, Object>();
                mapping.getValue()
                        .forEach(member ->
                                section.put(
                                        ((ScalarNode) member.getKeyNode()).getValue(),
                                        tree(member.getValueNode())));
                yield section;
            }
            case SequenceNode items ->
                    new ArrayList<Object>(items.getValue().stream().map(Mutations::tree).toList());
            case ScalarNode scalar ->
                    scalar.getScalarStyle() == ScalarStyle.PLAIN && isPlain(scalar.getValue())
                            ? scalar.getValue()
                            : quoted(scalar.getValue());
            default -> throw new IllegalArgumentException("no alias in a shipped file");
        };
    }

    /** What may stand unquoted in a flow. */
    private static boolean isPlain(String text) {
        return text.matches("[A-Za-z0-9/][A-Za-z0-9 /._@:-]*[A-Za-z0-9/]|[A-Za-z0-9]")
                && !text.contains(": ");
    }

    private Object changed(Object tree) {
        return switch (tree) {
            case Map<?, ?> map when !map.isEmpty() && random.nextInt(4) > 0 -> member(copy(map));
            case List<?> list when !list.isEmpty() && random.nextInt(3) > 0 -> item(list);
            default -> value();
        };
    }

    private Object member(Map<String, Object> section) {
        String key = new ArrayList<>(section.keySet()).get(random.nextInt(section.size()));
        switch (random.nextInt(8)) {
            case 0 -> section.remove(key);
            case 1 -> section.put(any(KEYS), value());
            case 2 -> rename(section, key, any(KEYS));
            default -> section.computeIfPresent(key, (_, old) -> changed(old));
        }
        return section;
    }

    private static void rename(Map<String, Object> section, String key, String to) {
        Object value = section.remove(key);
        if (value != null) {
            section.put(to, value);
        }
    }

    private Object item(List<?> list) {
        var items = new ArrayList<Object>(list);
        int index = random.nextInt(items.size());
        switch (random.nextInt(4)) {
            case 0 -> items.remove(index);
            case 1 -> items.add(value());
            default -> items.set(index, changed(items.get(index)));
        }
        return items;
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(key.toString(), value));
        return copy;
    }

    private String value() {
        return any(VALUES);
    }

    private String any(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String written(Object tree) {
        return switch (tree) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(member ->
                                    quoted(member.getKey().toString())
                                            + ": "
                                            + written(member.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                    list.stream()
                            .map(Mutations::written)
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> tree.toString();
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
