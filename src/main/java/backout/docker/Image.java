package backout.docker;

import tools.jackson.databind.JsonNode;

import java.util.List;

/**
 * A local image.
 *
 * @param id {@code sha256:…}: the identity of what runs
 * @param digests {@code repository@sha256:…}; empty for an image that was built or imported here
 * @param config the defaults that it gives to containers, as the engine tells them
 */
public record Image(
        String id,
        List<String> tags,
        List<String> digests,
        String architecture,
        String os,
        long sizeBytes,
        JsonNode config) {
    public Image {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }

    static Image of(JsonNode inspected) {
        return new Image(
                Json.text(inspected, "Id"),
                Json.texts(inspected.path("RepoTags")),
                Json.texts(inspected.path("RepoDigests")),
                Json.text(inspected, "Architecture"),
                Json.text(inspected, "Os"),
                inspected.path("Size").asLong(0),
                inspected.path("Config"));
    }

    /** Without the configuration: its environment may hold secrets. */
    @Override
    public String toString() {
        return "Image[" + id + " " + tags + " " + digests + " " + os + "/" + architecture + "]";
    }
}
