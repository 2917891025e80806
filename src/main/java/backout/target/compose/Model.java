package backout.target.compose;

import backout.target.compose.traits.Traits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code docker compose config} says of a project; nothing of it is ever shown but names. */
final class Model {
    private final JsonNode config;
    private final JsonNode services;

    Model(JsonNode config) {
        this.config = config;
        this.services = config.path("services");
    }

    List<String> services() {
        return services.propertyNames().stream().sorted().toList();
    }

    /**
     * What compose would make of the service.
     *
     * @param image the defaults of the image that it is made from; empty where nobody knows them
     */
    Traits traits(String service, Optional<JsonNode> image) {
        return Traits.ofConfig(config, service, image);
    }

    /** As above, of what the files say alone. */
    Traits traits(String service) {
        return traits(service, Optional.of(JsonNodeFactory.instance.objectNode()));
    }

    /** Whether a variable is to be handed on to the service, and nobody gave it. */
    boolean isHandedOnUnset(String service, String variable) {
        return services.path(service).path("environment").path(variable).isNull();
    }

    /** Where the files of configs and secrets lie. */
    List<String> mountedFiles() {
        return Stream.of("configs", "secrets")
                .flatMap(kind -> config.path(kind).valueStream())
                .map(one -> one.path("file").asString(""))
                .filter(file -> !file.isEmpty())
                .toList();
    }

    /** Folders of the host that the service may write to. */
    List<String> folders(String service) {
        return services.path(service)
                .path("volumes")
                .valueStream()
                .filter(volume -> volume.path("type").asString("").equals("bind"))
                .filter(volume -> !volume.path("read_only").asBoolean(false))
                .map(volume -> volume.path("source").asString(""))
                .toList();
    }

    String image(String service) {
        return services.path(service).path("image").asString("");
    }

    boolean isBuilt(String service) {
        return services.path(service).has("build");
    }

    /** The profiles that make these services part of the project. */
    List<String> profiles(Set<String> running) {
        return running.stream()
                .flatMap(service -> texts(services.path(service).path("profiles")))
                .distinct()
                .sorted()
                .toList();
    }

    /** Every service that {@code up} of this one looks at too, without itself. */
    Set<String> dependencies(String service) {
        var found = new LinkedHashSet<String>();
        var queue = new ArrayDeque<>(List.of(service));
        while (!queue.isEmpty()) {
            direct(services.path(queue.remove())).filter(found::add).forEach(queue::add);
        }
        found.remove(service);
        return found;
    }

    private static Stream<String> direct(JsonNode service) {
        var dependsOn = service.path("depends_on");
        Stream<String> named =
                dependsOn.isArray() ? texts(dependsOn) : dependsOn.propertyNames().stream();
        Stream<String> links = texts(service.path("links")).map(link -> link.split(":")[0]);
        Stream<String> volumes =
                texts(service.path("volumes_from")).map(from -> from.split(":")[0]);
        Stream<String> modes =
                Stream.of("network_mode", "ipc", "pid")
                        .map(key -> service.path(key).asString(""))
                        .filter(mode -> mode.startsWith("service:"))
                        .map(mode -> mode.substring("service:".length()));
        return Stream.of(named, links, volumes, modes).flatMap(all -> all);
    }

    private static Stream<String> texts(JsonNode array) {
        return array.valueStream().map(node -> node.asString(""));
    }
}
