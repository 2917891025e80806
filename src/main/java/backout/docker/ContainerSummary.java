package backout.docker;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container in a list.
 *
 * @param image as it was asked for when the container was made; what runs is {@code imageId}
 * @param state {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code
 *     exited}, {@code dead}
 * @param networkMode {@code container:ID} when it lives in another container's network
 */
public record ContainerSummary(
        String id,
        String name,
        String image,
        String imageId,
        String state,
        Map<String, String> labels,
        String networkMode) {
    private static final Set<String> STARTED = Set.of("running", "restarting", "paused");

    public ContainerSummary {
        labels = Map.copyOf(labels);
    }

    /** Whether it runs, or would if its process stayed alive: what it was made for has happened. */
    public boolean isStarted() {
        return STARTED.contains(state);
    }

    /** Whether an exchange that is under way, or was kept, has set it aside. */
    public boolean isSetAside() {
        return name.contains(SwapReceipt.ASIDE);
    }

    static ContainerSummary of(JsonNode listed) {
        return new ContainerSummary(
                Json.text(listed, "Id"),
                name(Json.texts(listed.path("Names"))),
                Json.text(listed, "Image"),
                Json.text(listed, "ImageID"),
                Json.text(listed, "State"),
                Json.map(listed.path("Labels")),
                Json.text(listed.path("HostConfig"), "NetworkMode"));
    }

    /** One that others are linked to is listed with their names for it too: {@code /web/redis}. */
    private static String name(List<String> names) {
        return names.stream()
                .map(name -> name.replaceFirst("^/", ""))
                .filter(name -> !name.contains("/"))
                .findFirst()
                .orElse("");
    }
}
