package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.executor.compose.traits.Trait;
import backout.executor.compose.traits.Traits;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;

/** A container beside what compose would make of its service, the image left out. */
record Comparison(Traits running, Traits files) {
    /**
     * @param container one that is not there has no traits
     */
    static Comparison of(Engine engine, ContainerSummary container, String service, Model model) {
        if (container.id().isEmpty()) {
            return new Comparison(Traits.NONE, model.traits(service));
        }
        Optional<JsonNode> image = engine.images().find(container.imageId()).map(Image::config);
        Traits files = model.traits(service, image);
        return new Comparison(
                engine.inspect(container.id())
                        .map(inspected -> Traits.ofContainer(inspected, service))
                        .orElse(files),
                files);
    }

    List<Trait> keys() {
        return running.differing(files);
    }

    /** Whether the running container has something there. */
    boolean wasGiven(Trait trait) {
        return running.value(trait).filter(value -> !value.isBlank()).isPresent();
    }
}
