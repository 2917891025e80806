package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/**
 * What the user gave a container, told apart from what its image gave it. A value that both gave
 * alike cannot be told apart: it is taken as the image's.
 */
final class RecipeConfig {
    private static final List<String> PLAIN = List.of("WorkingDir", "User", "StopSignal", "Shell");

    private RecipeConfig() {}

    static ObjectNode of(JsonNode inspected, JsonNode image) {
        var config = (ObjectNode) inspected.path("Config").deepCopy();
        config.remove(List.of("OnBuild", "ArgsEscaped", "Image"));
        PLAIN.forEach(field -> removeEqual(config, image, field));
        environment(config, image);
        start(config, image);
        health(config, image);
        labels(config, image);
        List.of("Volumes", "ExposedPorts").forEach(field -> keys(config, image, field));
        hostName(config, Json.text(inspected, "Id"));
        return config;
    }

    private static void removeEqual(ObjectNode config, JsonNode image, String field) {
        if (config.path(field).equals(image.path(field))) {
            config.remove(field);
        }
    }

    private static void environment(ObjectNode config, JsonNode image) {
        var given = new HashSet<>(Json.texts(image.path("Env")));
        var own = Json.texts(config.path("Env")).stream().filter(e -> !given.contains(e)).toList();
        config.set("Env", Json.array(own));
    }

    /**
     * An entrypoint of the user's own takes the image's command away, so an equal command is the
     * user's too then.
     */
    private static void start(ObjectNode config, JsonNode image) {
        var own = Json.texts(config.path("Entrypoint"));
        var given = Json.texts(image.path("Entrypoint"));
        if (!own.equals(given)) {
            // An empty list would bring the image's entrypoint back; one empty word means: none.
            config.set("Entrypoint", Json.array(own.isEmpty() ? List.of("") : own));
            return;
        }
        config.remove("Entrypoint");
        if (Json.texts(config.path("Cmd")).equals(Json.texts(image.path("Cmd")))) {
            config.remove("Cmd");
        }
    }

    /**
     * Field by field, as the engine adds them: a user's interval goes with the new image's test.
     */
    private static void health(ObjectNode config, JsonNode image) {
        if (config.path("Healthcheck") instanceof ObjectNode own) {
            var given = image.path("Healthcheck");
            Json.removeIf(own, (field, value) -> value.equals(given.path(field)));
            if (own.isEmpty()) {
                config.remove("Healthcheck");
            }
        }
    }

    private static void labels(ObjectNode config, JsonNode image) {
        var given = image.path("Labels");
        Json.removeIf(
                config.withObjectProperty("Labels"),
                (name, value) -> value.equals(given.path(name)));
    }

    private static void keys(ObjectNode config, JsonNode image, String field) {
        var given = image.path(field);
        if (config.path(field) instanceof ObjectNode own) {
            Json.removeIf(own, (key, _) -> given.has(key));
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
