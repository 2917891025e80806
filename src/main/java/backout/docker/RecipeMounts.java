package backout.docker;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Set;

/** The data of a container: what is mounted is mounted again, anonymous volumes by their names. */
final class RecipeMounts {
    private RecipeMounts() {}

    static void carry(JsonNode inspected, ObjectNode host, ObjectNode body) {
        var mounted = inspected.path("Mounts");
        nameAnonymous(host.path("Mounts"), mounted);
        var said = destinations(host);
        for (var mount : mounted) {
            var destination = normal(Json.text(mount, "Destination"));
            if (isVolume(mount) && said.add(destination)) {
                mounts(host).add(inherited(mount, destination));
            }
        }
        if (body.path("Volumes") instanceof ObjectNode declared) {
            Json.removeIf(declared, (destination, _) -> said.contains(normal(destination)));
        }
    }

    /** {@code --mount type=volume,target=/data} names no volume: the engine made one. */
    private static void nameAnonymous(JsonNode asked, JsonNode mounted) {
        for (var mount : asked) {
            if (isVolume(mount) && Json.text(mount, "Source").isEmpty()) {
                var target = normal(Json.text(mount, "Target"));
                mounted.valueStream()
                        .filter(m ->
                                isVolume(m) && normal(Json.text(m, "Destination")).equals(target))
                        .findFirst()
                        .ifPresent(m -> name((ObjectNode) mount, Json.text(m, "Name")));
            }
        }
    }

    /** As compose names what it inherits, so that nobody can tell who made the container. */
    private static void name(ObjectNode mount, String volume) {
        mount.put("Source", volume);
        if (mount.path("VolumeOptions").isEmpty()) {
            mount.remove("VolumeOptions");
        }
    }

    private static Set<String> destinations(ObjectNode host) {
        var said = new HashSet<String>();
        for (var bind : host.path("Binds")) {
            var parts = bind.asString("").split(":", -1);
            said.add(normal(parts.length > 1 ? parts[1] : parts[0]));
        }
        for (var mount : host.path("Mounts")) {
            said.add(normal(Json.text(mount, "Target")));
        }
        for (var destination : host.path("Tmpfs").propertyNames()) {
            said.add(normal(destination));
        }
        return said;
    }

    private static boolean isVolume(JsonNode mount) {
        return Json.text(mount, "Type").equals("volume");
    }

    private static ObjectNode inherited(JsonNode mount, String destination) {
        var inherited = Json.object().put("Type", "volume");
        inherited.put("Source", Json.text(mount, "Name")).put("Target", destination);
        if (!mount.path("RW").asBoolean(true)) {
            inherited.put("ReadOnly", true);
        }
        return inherited;
    }

    private static ArrayNode mounts(ObjectNode host) {
        return host.path("Mounts") instanceof ArrayNode there ? there : host.putArray("Mounts");
    }

    private static String normal(String destination) {
        return destination.length() > 1 && destination.endsWith("/")
                ? destination.substring(0, destination.length() - 1)
                : destination;
    }
}
