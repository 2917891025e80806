package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.executor.compose.traits.Traits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What {@code docker compose config} says of a project; nothing of it is ever shown but names. */
final class Model {
    private static final List<String> NAMESPACES = List.of("network_mode", "ipc", "pid");
    private static final String OF_SERVICE = "service:";

    private final JsonNode config;
    private final JsonNode services;
    private final Optional<Set<String>> active;

    /** With every profile. */
    Model(JsonNode config) {
        this(config, Optional.empty());
    }

    private Model(JsonNode config, Optional<Set<String>> active) {
        this.config = config;
        this.services = config.path("services");
        this.active = active;
    }

    /** The same, of which only what these profiles have is brought up because others need it. */
    Model withProfiles(List<String> profiles) {
        return new Model(config, Optional.of(Set.copyOf(profiles)));
    }

    List<String> services() {
        return services.propertyNames().stream().sorted().toList();
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

    String image(String service) {
        return services.path(service).path("image").asString("");
    }

    /** Ports that are published and do not say where, as {@code 3000/tcp}. */
    List<String> chosenPorts(String service) {
        return services.path(service)
                .path("ports")
                .valueStream()
                .filter(port -> port.path("published").asString("").matches("0?"))
                .map(port ->
                        port.path("target").asInt(0) + "/" + port.path("protocol").asString("tcp"))
                .toList();
    }

    boolean isBuilt(String service) {
        return services.path(service).has("build");
    }

    /** All that is said of one service, its environment too: a secret. */
    JsonNode service(String name) {
        return services.path(name);
    }

    /** A config or secret of the project as it is defined. */
    JsonNode definition(String kind, String name) {
        return config.path(kind).path(name);
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
            direct(services.path(queue.remove()))
                    .filter(services::has)
                    .filter(found::add)
                    .forEach(queue::add);
        }
        found.remove(service);
        return found;
    }

    /** What one service asks of another before it starts; empty when it asks for nothing. */
    String condition(String service, String dependency) {
        return services.path(service)
                .path("depends_on")
                .path(dependency)
                .path("condition")
                .asString("");
    }

    /** Whether a service waits for the end of this one. */
    boolean isAwaitedToEnd(String dependency) {
        return services.propertyNames().stream()
                .anyMatch(service ->
                        condition(service, dependency).equals("service_completed_successfully"));
    }

    /** Services that need this one. */
    List<String> dependants(String service) {
        return services().stream().filter(one -> dependencies(one).contains(service)).toList();
    }

    /** Services that live in what these lend, and those that live in theirs. */
    Set<String> guests(Set<String> hosts) {
        var found = new LinkedHashSet<String>();
        var queue = new ArrayDeque<>(hosts);
        while (!queue.isEmpty()) {
            String host = queue.remove();
            named(service -> lenders(service).anyMatch(host::equals))
                    .filter(guest -> !hosts.contains(guest))
                    .filter(found::add)
                    .forEach(queue::add);
        }
        return found;
    }

    /** Whether it has the network, the processes or the memory of another service's container. */
    boolean livesInAnother(String service) {
        return NAMESPACES.stream()
                .anyMatch(key ->
                        services.path(service).path(key).asString("").startsWith(OF_SERVICE));
    }

    /** Services that compose starts again when one of these was made anew. */
    Set<String> restartedWith(Set<String> hosts) {
        var found = new LinkedHashSet<String>();
        for (String host : hosts) {
            named(service -> service.path("depends_on").path(host).path("restart").asBoolean(false))
                    .filter(service -> !hosts.contains(service))
                    .forEach(found::add);
        }
        return found;
    }

    /** Whether the files say themselves what lies at this place of the container. */
    boolean mountsAt(String service, String place) {
        return services.path(service)
                .path("volumes")
                .valueStream()
                .map(volume -> volume.path("target").asString(""))
                .anyMatch(target -> target.equals(place) || target.equals(place + "/"));
    }

    boolean hasVolumesFrom(String service) {
        return services.path(service).has("volumes_from");
    }

    private Stream<String> named(Predicate<JsonNode> wanted) {
        return services.properties().stream()
                .filter(service -> wanted.test(service.getValue()))
                .map(Map.Entry::getKey);
    }

    /**
     * As compose has it when it makes containers: who lives in another service's namespace lives in
     * that of a certain container.
     *
     * @param images that some services are to have instead of their own
     */
    JsonNode asMade(List<ContainerSummary> containers, Map<String, String> images) {
        JsonNode made = config.deepCopy();
        images.forEach((service, image) ->
                ((ObjectNode) made.path("services").path(service)).put("image", image));
        for (JsonNode service : made.path("services")) {
            for (String namespace : NAMESPACES) {
                String mode = service.path(namespace).asString("");
                containers.stream()
                        .filter(container -> mode.equals(OF_SERVICE + name(container)))
                        .findFirst()
                        .ifPresent(container ->
                                ((ObjectNode) service)
                                        .put(namespace, "container:" + container.id()));
            }
        }
        return made;
    }

    private static String name(ContainerSummary container) {
        return container.labels().getOrDefault(Discovery.SERVICE, "");
    }

    private Stream<String> direct(JsonNode service) {
        var dependsOn = service.path("depends_on");
        Stream<String> named =
                dependsOn.isArray()
                        ? texts(dependsOn)
                        : dependsOn.properties().stream()
                                .filter(it -> isNeeded(it.getKey(), it.getValue()))
                                .map(Map.Entry::getKey);
        Stream<String> links = texts(service.path("links")).map(link -> link.split(":")[0]);
        return Stream.of(named, links, lenders(service)).flatMap(all -> all);
    }

    /** {@code required: false} is nothing where no profile has the service. */
    private boolean isNeeded(String dependency, JsonNode need) {
        return need.path("required").asBoolean(true) || isActive(dependency);
    }

    /** Whether a plain {@code up} has the service. */
    boolean isActive(String service) {
        List<String> profiles = texts(services.path(service).path("profiles")).toList();
        return profiles.isEmpty()
                || active.map(it -> it.contains("*") || profiles.stream().anyMatch(it::contains))
                        .orElse(true);
    }

    /** How many containers compose makes of it. */
    int replicas(String service) {
        JsonNode said = services.path(service);
        JsonNode scale = said.path("scale");
        return (scale.isNumber() ? scale : said.path("deploy").path("replicas")).asInt(1);
    }

    /** The services of whose network, processes or volumes it has a part. */
    private static Stream<String> lenders(JsonNode service) {
        Stream<String> volumes =
                texts(service.path("volumes_from"))
                        .filter(from -> !from.startsWith("container:"))
                        .map(from -> from.split(":")[0]);
        Stream<String> modes =
                NAMESPACES.stream()
                        .map(key -> service.path(key).asString(""))
                        .filter(mode -> mode.startsWith(OF_SERVICE))
                        .map(mode -> mode.substring(OF_SERVICE.length()));
        return Stream.concat(volumes, modes);
    }

    private static Stream<String> texts(JsonNode array) {
        return array.valueStream().map(node -> node.asString(""));
    }
}
