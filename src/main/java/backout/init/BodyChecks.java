package backout.init;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds in what a service says of itself the parts that tell how it and what it needs are. */
final class BodyChecks {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What people write where all is well. */
    private static final Set<String> WELL =
            Set.of(
                    "healthy",
                    "ok",
                    "up",
                    "pass",
                    "passing",
                    "ready",
                    "alive",
                    "connected",
                    "operational",
                    "serving");

    /** A yes says something only behind one of these. */
    private static final Set<String> ASKED =
            Set.of(
                    "status",
                    "state",
                    "health",
                    "healthy",
                    "ok",
                    "up",
                    "ready",
                    "alive",
                    "connected",
                    "success");

    private static final int DEEPEST = 5;
    private static final int MOST = 12;

    private final List<String> checks = new ArrayList<>();
    private final String asks;

    private BodyChecks(String asks) {
        this.asks = asks;
    }

    /**
     * Check lines that hold on this body; none where it is no JSON.
     *
     * @param path behind the address, such as {@code /health}
     */
    static List<String> of(String path, String body) {
        var found = new BodyChecks("GET {url}" + path + " ");
        try {
            found.look(JSON.readTree(body), "", "", 0);
        } catch (JacksonException noJson) {
            return List.of();
        }
        return List.copyOf(found.checks);
    }

    private void look(JsonNode node, String where, String key, int depth) {
        if (checks.size() >= MOST || depth > DEEPEST) {
            return;
        }
        if (node.isObject()) {
            node.properties().stream()
                    .filter(entry -> entry.getKey().matches("[A-Za-z_][A-Za-z0-9_-]*"))
                    .forEach(entry ->
                            look(
                                    entry.getValue(),
                                    where + "." + entry.getKey(),
                                    entry.getKey(),
                                    depth + 1));
        } else if (isWell(node, key)) {
            checks.add(asks + "[BODY]" + where + " == " + node.asString("") + " within 60s");
        }
    }

    private static boolean isWell(JsonNode node, String key) {
        if (key.isEmpty()) {
            return false;
        }
        return node.isBoolean()
                ? node.asBoolean() && ASKED.contains(key.toLowerCase(Locale.ROOT))
                : node.isString() && isWell(node.asString(""));
    }

    /** Whether people write this word where all is well. */
    static boolean isWell(String word) {
        return WELL.contains(word.toLowerCase(Locale.ROOT));
    }
}
