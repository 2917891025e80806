package backout.docker;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** A mount as {@code --mount} takes it: comma-separated values. */
final class RunMount {
    private RunMount() {}

    static String of(JsonNode mount) {
        var parts = new ArrayList<String>();
        put(parts, "type", Json.text(mount, "Type"));
        put(parts, "source", Json.text(mount, "Source"));
        put(parts, "target", Json.text(mount, "Target"));
        put(parts, "consistency", Json.text(mount, "Consistency"));
        if (mount.path("ReadOnly").asBoolean(false)) {
            parts.add("readonly");
        }
        put(parts, "bind-propagation", Json.text(mount.path("BindOptions"), "Propagation"));
        JsonNode volume = mount.path("VolumeOptions");
        if (volume.path("NoCopy").asBoolean(false)) {
            parts.add("volume-nocopy");
        }
        Json.map(volume.path("Labels"))
                .forEach((key, value) -> put(parts, "volume-label", key + "=" + value));
        put(parts, "volume-driver", Json.text(volume.path("DriverConfig"), "Name"));
        Json.map(volume.path("DriverConfig").path("Options"))
                .forEach((key, value) -> put(parts, "volume-opt", key + "=" + value));
        long size = mount.path("TmpfsOptions").path("SizeBytes").asLong(0);
        put(parts, "tmpfs-size", size > 0 ? Long.toString(size) : "");
        int mode = mount.path("TmpfsOptions").path("Mode").asInt(0);
        put(parts, "tmpfs-mode", mode > 0 ? Integer.toOctalString(mode) : "");
        return String.join(",", parts);
    }

    private static void put(List<String> parts, String key, String value) {
        if (!value.isEmpty()) {
            String part = key + "=" + value;
            boolean isPlain = part.indexOf(',') < 0 && part.indexOf('"') < 0;
            parts.add(isPlain ? part : '"' + part.replace("\"", "\"\"") + '"');
        }
    }
}
