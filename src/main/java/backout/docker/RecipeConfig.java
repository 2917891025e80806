package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the user gave a container, told apart from what its image gave it. A value that both gave
 * alike is the image's, unless the order says that it is the user's own: {@code User}, {@code
 * Env.NAME}, {@code Healthcheck.Interval}.
 */
final class RecipeConfig {
    private static final List<String> PLAIN = List.of("WorkingDir", "User", "StopSignal", "Shell");

    private final ObjectNode config;
    private final JsonNode image;
    private final Set<String> own;

    private RecipeConfig(ObjectNode config, JsonNode image, Set<String> own) {
        this.config = config;
        this.image = image;
        this.own = own;
    }

    static ObjectNode of(JsonNode inspected, JsonNode image, Set<String> own) {
        var config = (ObjectNode) inspected.path("Config").deepCopy();
        config.remove(List.of("OnBuild", "ArgsEscaped", "Image"));
        new RecipeConfig(config, image, own).subtract();
        hostName(config, Json.text(inspected, "Id"));
        return config;
    }

    private void subtract() {
        PLAIN.forEach(this::removeEqual);
        environment();
        start();
        health();
        labels();
        List.of("Volumes", "ExposedPorts").forEach(this::keys);
    }

    private void removeEqual(String field) {
        if (!own.contains(field) && config.path(field).equals(image.path(field))) {
            config.remove(field);
        }
    }

    private void environment() {
        var given = new HashSet<>(Json.texts(image.path("Env")));
        var kept =
                Json.texts(config.path("Env")).stream()
                        .filter(entry -> !given.contains(entry) || isOwn("Env", name(entry)))
                        .toList();
        config.set("Env", Json.array(kept));
    }

    private static String name(String entry) {
        return entry.split("=", 2)[0];
    }

    private boolean isOwn(String field, String key) {
        return own.contains(field + "." + key);
    }

    /**
     * An entrypoint of the user's own takes the image's command away, so an equal command is the
     * user's too then. One that is equal but has no command took it away as well.
     */
    private void start() {
        var entrypoint = Json.texts(config.path("Entrypoint"));
        var given = Json.texts(image.path("Entrypoint"));
        var command = Json.texts(config.path("Cmd"));
        var usual = Json.texts(image.path("Cmd"));
        boolean tookAway = command.isEmpty() && !usual.isEmpty();
        if (own.contains("Entrypoint") || tookAway || !entrypoint.equals(given)) {
            // An empty list would bring the image's entrypoint back; one empty word means: none.
            config.set("Entrypoint", Json.array(entrypoint.isEmpty() ? List.of("") : entrypoint));
            return;
        }
        config.remove("Entrypoint");
        if (command.equals(usual) && !own.contains("Cmd")) {
            config.remove("Cmd");
        }
    }

    /**
     * Field by field, as the engine adds them: a user's interval goes with the new image's test.
     */
    private void health() {
        if (config.path("Healthcheck") instanceof ObjectNode check) {
            var given = image.path("Healthcheck");
            Json.removeIf(
                    check,
                    (field, value) ->
                            value.equals(given.path(field)) && !isOwn("Healthcheck", field));
            if (check.isEmpty()) {
                config.remove("Healthcheck");
            }
        }
    }

    private void labels() {
        var given = image.path("Labels");
        Json.removeIf(
                config.withObjectProperty("Labels"),
                (name, value) -> value.equals(given.path(name)) && !isOwn("Labels", name));
    }

    private void keys(String field) {
        var given = image.path(field);
        if (config.path(field) instanceof ObjectNode named) {
            Json.removeIf(named, (key, _) -> given.has(key) && !isOwn(field, key));
        }
    }

    /** Without a host name of the user's own the engine gives the container's short id. */
    private static void hostName(ObjectNode config, String id) {
        var name = Json.text(config, "Hostname");
        if (name.length() == 12 && id.startsWith(name)) {
            config.remove("Hostname");
        }
    }
}
