package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code up} of one service would do to others: compose makes a dependency anew when its file
 * or its image is no longer what its container was made from.
 *
 * @param dependencies sentences, one for each dependency that would be made anew
 * @param self sentences about the service's own container
 */
record Drift(List<Phrase> dependencies, List<Phrase> self) {
    Drift {
        dependencies = List.copyOf(dependencies);
        self = List.copyOf(self);
    }

    static final Drift NONE = new Drift(List.of(), List.of());

    /**
     * @param going services that go back as well, before this one where it needs them
     */
    static Drift look(
            Engine engine,
            String service,
            Set<String> going,
            Model model,
            Map<String, String> hashes,
            List<ContainerSummary> containers) {
        var dependencies = new ArrayList<Phrase>();
        for (String name : model.dependencies(service)) {
            if (going.contains(name)) {
                continue;
            }
            List<ContainerSummary> made = of(containers, name);
            for (ContainerSummary container : made) {
                hash(container, name, hashes).ifPresent(dependencies::add);
                image(engine, container, name, model).ifPresent(dependencies::add);
            }
        }
        var self = new ArrayList<Phrase>();
        of(containers, service)
                .forEach(container -> hash(container, service, hashes).ifPresent(self::add));
        return new Drift(dependencies, self);
    }

    private static List<ContainerSummary> of(List<ContainerSummary> containers, String service) {
        return containers.stream()
                .filter(container -> service.equals(container.labels().get(Discovery.SERVICE)))
                .toList();
    }

    private static java.util.Optional<Phrase> hash(
            ContainerSummary container, String service, Map<String, String> hashes) {
        String wanted = hashes.getOrDefault(service, "");
        String made = container.labels().getOrDefault(Discovery.HASH, "");
        return wanted.equals(made)
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        Phrase.of(
                                "the files say something else of {0} than its container was made"
                                        + " from",
                                service));
    }

    private static java.util.Optional<Phrase> image(
            Engine engine, ContainerSummary container, String service, Model model) {
        String now =
                engine.images()
                        .find(model.image(service))
                        .map(Image::id)
                        .orElse(container.imageId());
        return now.equals(container.imageId())
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        Phrase.of(
                                "{0} means another image now than {1} runs",
                                model.image(service), service));
    }
}
