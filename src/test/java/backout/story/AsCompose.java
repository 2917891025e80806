package backout.story;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Whether a container is what compose would have made: compose makes it anew, and what the engine
 * tells of both is compared, but for ids and times.
 */
final class AsCompose {
    private static final JsonMapper JSON = new JsonMapper();

    /** Names of what differs from one container to the next. */
    private static final Set<String> ITS_OWN =
            Set.of(
                    "Created",
                    "State",
                    "RestartCount",
                    // what looks into it at this moment: its health check
                    "ExecIDs",
                    "ResolvConfPath",
                    "HostnamePath",
                    "HostsPath",
                    "LogPath",
                    "GraphDriver",
                    "SandboxID",
                    "SandboxKey",
                    "EndpointID",
                    "NetworkID",
                    "IPAddress",
                    "MacAddress",
                    "Ports",
                    // which container it replaced, and by which exchange
                    "com.docker.compose.replace",
                    "backout.op");

    /** Compose asks for a volume by name that it found in the container before. */
    private static final Pattern ASKED_ANONYMOUS =
            Pattern.compile("\\{\"Type\":\"volume\",\"Source\":\"[0-9a-f]{64}\".*");

    private static final Pattern MODE = Pattern.compile("\"Mode\":\"z?\",");

    private AsCompose() {}

    /**
     * Replaces the service's container by compose.
     *
     * @return each difference in a line; none when it was as compose makes it
     */
    static List<String> differences(Shop shop, String service) {
        Map<String, String> before = told(shop, service);
        shop.compose("up", "--detach", "--no-build", "--force-recreate", service);
        Map<String, String> made = told(shop, service);
        if (before.getOrDefault("/Id", "").equals(made.getOrDefault("/Id", ""))) {
            throw new AssertionError("compose did not make " + service + " anew");
        }
        var keys = new TreeSet<>(before.keySet());
        keys.addAll(made.keySet());
        keys.remove("/Id");
        return keys.stream()
                .filter(key -> !before.getOrDefault(key, "").equals(made.getOrDefault(key, "")))
                .map(key -> key + ": " + before.get(key) + ", by compose " + made.get(key))
                .toList();
    }

    private static Map<String, String> told(Shop shop, String service) {
        JsonNode all = JSON.readTree(shop.engine().docker("inspect", shop.container(service)));
        JsonNode told = all.path(0);
        String id = told.path("Id").asString("");
        String text = told.toString().replace(id, "ID").replace(id.substring(0, 12), "ID");
        var lines = new TreeMap<String, String>();
        flatten("", JSON.readTree(text), lines);
        lines.put("/Id", id);
        return lines;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> lines) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(entry -> !ITS_OWN.contains(entry.getKey()))
                    .forEach(
                            entry -> flatten(path + "/" + entry.getKey(), entry.getValue(), lines));
        } else if (node.isArray() && !path.endsWith("/Cmd") && !path.endsWith("/Entrypoint")) {
            // As a set: the order of mounts and variables means nothing.
            var values = new TreeSet<String>();
            node.forEach(value -> values.add(MODE.matcher(value.toString()).replaceAll("")));
            values.removeIf(value -> ASKED_ANONYMOUS.matcher(value).matches());
            values.forEach(value -> lines.put(path + "[" + value + "]", "there"));
        } else if (!node.isNull()) {
            lines.put(path, node.toString());
        }
    }
}
