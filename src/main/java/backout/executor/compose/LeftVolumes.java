package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.language.Phrase;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/**
 * Data in volumes without a name. Compose hands such a volume on to the next container only where
 * its image declares the place, or the files do; else the data stay behind, out of sight.
 */
final class LeftVolumes {
    private static final String ANONYMOUS = "[0-9a-f]{64}";

    private LeftVolumes() {}

    /**
     * @param to the identity of the image that the container gets; one that is not here yet is
     *     looked at when it is
     */
    static Optional<Phrase> of(
            Engine engine, Model model, String service, ContainerSummary container, String to) {
        Optional<Image> image = engine.images().find(to);
        if (image.isEmpty() || model.hasVolumesFrom(service)) {
            return Optional.empty();
        }
        JsonNode declared = image.get().config().path("Volumes");
        List<String> left =
                engine.inspect(container.id()).stream()
                        .flatMap(inspected -> inspected.path("Mounts").valueStream())
                        .filter(mount -> mount.path("Name").asString("").matches(ANONYMOUS))
                        .map(mount -> mount.path("Destination").asString(""))
                        .filter(place -> !declared.has(place) && !declared.has(place + "/"))
                        .filter(place -> !model.mountsAt(service, place))
                        .sorted()
                        .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "compose would leave behind what {0} wrote to {1}: that volume has"
                                        + " no name, and the image that it gets has none there",
                                service, Phrase.list(left)));
    }
}
