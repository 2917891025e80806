package backout.executor.compose.traits;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what the engine and compose write in several ways. */
final class Nodes {
    private Nodes() {}

    static String text(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? "" : node.asString("");
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(Nodes::text).toList();
    }

    static String list(JsonNode array) {
        return String.join("\0", texts(array));
    }

    static String flag(JsonNode node) {
        return node.asBoolean(false) ? "true" : "";
    }

    /** Numbers that mean "none" are as none. */
    static String number(JsonNode node) {
        String text = text(node);
        return text.equals("0") || text.equals("-1") ? "" : text;
    }

    /** {@code NAME=value} entries; a name alone is a variable that is taken away. */
    static Map<String, String> pairs(JsonNode entries) {
        var pairs = new TreeMap<String, String>();
        for (String entry : texts(entries)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                pairs.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return pairs;
    }

    static Map<String, String> map(JsonNode object) {
        var map = new TreeMap<String, String>();
        object.properties().forEach(it -> map.put(it.getKey(), text(it.getValue())));
        return map;
    }

    static String capability(String name) {
        return name.toUpperCase(java.util.Locale.ROOT).replaceFirst("^CAP_", "");
    }

    /** Another container's namespace, whichever container that is now. */
    static String mode(String mode) {
        return mode.startsWith("service:") || mode.startsWith("container:") ? "container" : mode;
    }

    static String security(String option) {
        String text = option.replaceFirst("[:=]", "=");
        return text.startsWith("seccomp=") ? "seccomp" : text;
    }
}
