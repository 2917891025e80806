package backout.story;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A container as {@code docker inspect} tells it, without ids, times and addresses. */
final class Inspected {
    private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");

    /** What each container has for itself, or what compose notes of how it was made. */
    private static final Set<String> OWN =
            Set.of(
                    "Config.Hostname",
                    "Config.Labels.backout.op",
                    "Config.Labels.com.docker.compose.replace",
                    "Config.Labels.com.docker.compose.version",
                    "HostConfig.ContainerIDFile");

    private static final Set<String> OF_NETWORKS =
            Set.of("Aliases", "Links", "DriverOpts", "IPAMConfig");

    private Inspected() {}

    /** Each value by its path, such as {@code HostConfig.Init}. */
    static Map<String, String> of(String json) {
        JsonNode one = new JsonMapper().readTree(json).path(0);
        String id = one.path("Id").asString("");
        var values = new TreeMap<String, String>();
        values.put("Image", one.path("Image").asString(""));
        values.put("Name", one.path("Name").asString(""));
        values.put("Running", one.path("State").path("Running").toString());
        flat("Config", one.path("Config"), values);
        flat("HostConfig", one.path("HostConfig"), values);
        one.path("Mounts")
                .forEach(mount ->
                        values.put(
                                "Mounts." + mount.path("Destination").asString(""),
                                mount.path("Type").asString("")
                                        + " "
                                        + ANONYMOUS
                                                .matcher(
                                                        mount.path("Source").asString("")
                                                                + " "
                                                                + mount.path("Name").asString(""))
                                                .replaceAll("anonymous")
                                        + " "
                                        + mount.path("RW")));
        one.path("NetworkSettings")
                .path("Networks")
                .propertyStream()
                .forEach(network -> {
                    for (String key : OF_NETWORKS) {
                        values.put(
                                "Networks." + network.getKey() + "." + key,
                                set(network.getValue().path(key), id));
                    }
                });
        values.keySet().removeIf(OWN::contains);
        values.remove("HostConfig.RestartPolicy.Name", "\"no\"");
        return values;
    }

    private static String set(JsonNode list, String id) {
        var texts = new TreeSet<String>();
        list.forEach(one -> texts.add(one.toString()));
        if (!id.isEmpty()) {
            texts.removeIf(text -> id.startsWith(text.replace("\"", "")));
        }
        return list.isObject() ? list.toString() : texts.toString();
    }

    private static void flat(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.propertyStream()
                    .forEach(it -> flat(path + "." + it.getKey(), it.getValue(), values));
        } else if (node.isArray()) {
            values.put(
                    path,
                    path.endsWith("Cmd") || path.endsWith("Entrypoint")
                            ? node.toString()
                            : set(node, ""));
        } else if (!node.isNull() && !List.of("\"\"", "0", "false").contains(node.toString())) {
            values.put(path, ANONYMOUS.matcher(node.toString()).replaceAll("ID"));
        }
    }
}
