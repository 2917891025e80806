package backout.init;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Owner;
import backout.host.Host;
import backout.init.Service.Port;
import backout.language.Phrase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the services of all compose projects by the labels of their containers, and the containers
 * that nobody owns.
 */
final class Survey {
    private static final String PROJECT = "com.docker.compose.project";
    private static final String SERVICE = "com.docker.compose.service";
    private static final String HASH = "com.docker.compose.config-hash";
    private static final String ONE_OFF = "com.docker.compose.oneoff";
    private static final String FILES = "com.docker.compose.project.config_files";
    private static final String DIRECTORY = "com.docker.compose.project.working_dir";

    private record Key(String project, String service) {}

    private final Host host;
    private final Engine engine;

    /**
     * @param host the machine that the engine is on
     */
    Survey(Host host, Engine engine) {
        this.host = host;
        this.engine = engine;
    }

    /**
     * By project and service, then single containers by name; the engine's refusal or silence is a
     * problem.
     */
    List<Service> services() {
        List<ContainerSummary> containers = engine.containers(Map.of());
        return Stream.concat(ofCompose(containers), alone(containers)).toList();
    }

    private Stream<Service> ofCompose(List<ContainerSummary> containers) {
        Map<Key, List<ContainerSummary>> byService =
                containers.stream()
                        .filter(Survey::isOfService)
                        .collect(
                                Collectors.groupingBy(
                                        Survey::key,
                                        () ->
                                                new TreeMap<>(
                                                        Comparator.comparing(Key::project)
                                                                .thenComparing(Key::service)),
                                        Collectors.toList()));
        return byService.entrySet().stream().map(one -> service(one.getKey(), one.getValue()));
    }

    /** What an exchange keeps for its way back is no service. */
    private Stream<Service> alone(List<ContainerSummary> containers) {
        var owner = new Owner(host);
        return containers.stream()
                .filter(container -> !container.labels().containsKey(PROJECT))
                .filter(container -> !container.name().isEmpty() && !container.isSetAside())
                .filter(container -> owner.of(container).isEmpty())
                .sorted(Comparator.comparing(ContainerSummary::name))
                .map(container -> service(new Key("", container.name()), List.of(container)));
    }

    private static boolean isOfService(ContainerSummary container) {
        return container.labels().containsKey(HASH)
                && !container.labels().getOrDefault(PROJECT, "").isEmpty()
                && container.labels().containsKey(SERVICE)
                && !"True".equalsIgnoreCase(container.labels().get(ONE_OFF));
    }

    private static Key key(ContainerSummary container) {
        return new Key(
                container.labels().getOrDefault(PROJECT, ""),
                container.labels().getOrDefault(SERVICE, ""));
    }

    /** A container that goes while it is looked at is told from the list alone. */
    private Service service(Key key, List<ContainerSummary> containers) {
        ContainerSummary first = containers.getFirst();
        JsonNode seen = engine.inspect(first.id()).orElse(MissingNode.getInstance());
        String health = seen.path("State").path("Health").path("Status").asString("");
        return new Service(
                host,
                key.project(),
                key.service(),
                seen.path("Config").path("Image").asString(first.image()),
                ports(seen.path("NetworkSettings").path("Ports")),
                healthcheck(seen.path("Config").path("Healthcheck").path("Test")),
                health.isEmpty() || health.equals("none")
                        ? Optional.empty()
                        : Optional.of(health.equals("healthy")),
                first.state().equals("running"),
                containers.size(),
                asksPassword(seen),
                key.project().isEmpty() ? shortLived(seen) : missingFile(first.labels()),
                Optional.empty());
    }

    private static Optional<Phrase> shortLived(JsonNode seen) {
        return seen.path("HostConfig").path("AutoRemove").asBoolean(false)
                ? Optional.of(
                        Phrase.of("was started with --rm; start it once without, for a way back."))
                : Optional.empty();
    }

    private static boolean asksPassword(JsonNode seen) {
        var words = new ArrayList<String>();
        seen.path("Args").forEach(word -> words.add(word.asString("")));
        seen.path("Config").path("Env").forEach(word -> words.add(word.asString("")));
        return words.stream()
                .anyMatch(word ->
                        word.contains("requirepass") || word.matches("(?i)\\w*PASSWORD\\w*=.+"));
    }

    private static Optional<String> healthcheck(JsonNode test) {
        var words = test.valueStream().map(word -> word.asString("")).toList();
        return words.size() < 2 || words.getFirst().equals("NONE")
                ? Optional.empty()
                : Optional.of(String.join(" ", words.subList(1, words.size())));
    }

    private static List<Port> ports(JsonNode published) {
        var ports = new ArrayList<Port>();
        published
                .properties()
                .forEach(one -> {
                    JsonNode first = one.getValue().path(0);
                    if (one.getKey().endsWith("/tcp") && first.has("HostPort")) {
                        int inside = number(one.getKey().replace("/tcp", ""));
                        int outside = number(first.path("HostPort").asString(""));
                        String host = reached(first.path("HostIp").asString(""));
                        if (inside > 0 && outside > 0) {
                            ports.add(new Port(inside, host, outside));
                        }
                    }
                });
        ports.sort(Comparator.comparingInt(Port::inside));
        return ports;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static String reached(String listens) {
        return listens.isEmpty() || listens.equals("0.0.0.0") || listens.equals("::")
                ? "localhost"
                : listens;
    }

    private Optional<Phrase> missingFile(Map<String, String> labels) {
        String directory = labels.getOrDefault(DIRECTORY, "");
        return Arrays.stream(labels.getOrDefault(FILES, "").split(","))
                .map(String::strip)
                .filter(file -> !isThere(directory, file))
                .findFirst()
                .map(file ->
                        Phrase.of(
                                "its compose file is gone ({0}); put it back first.",
                                file.replaceAll("\\p{Cntrl}", "?")));
    }

    private boolean isThere(String directory, String file) {
        try {
            return !file.isEmpty() && host.exists(Path.of(directory).resolve(file));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
