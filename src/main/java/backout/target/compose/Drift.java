package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;

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
record Drift(List<String> dependencies, List<String> self) {
    Drift {
        dependencies = List.copyOf(dependencies);
        self = List.copyOf(self);
    }

    static Drift look(
            Engine engine,
            String service,
            Model model,
            Map<String, String> hashes,
            List<ContainerSummary> containers) {
        var dependencies = new ArrayList<String>();
        Set<String> needed = model.dependencies(service);
        for (String name : needed) {
            List<ContainerSummary> made = of(containers, name);
            if (made.isEmpty()) {
                dependencies.add(name + " has no container, up would make one");
            }
            for (ContainerSummary container : made) {
                hash(container, name, hashes).ifPresent(dependencies::add);
                image(engine, container, name, model).ifPresent(dependencies::add);
                if (!container.state().equals("running")) {
                    dependencies.add(name + " is " + container.state() + ", up would start it");
                }
            }
        }
        var self = new ArrayList<String>();
        of(containers, service)
                .forEach(container -> hash(container, service, hashes).ifPresent(self::add));
        return new Drift(dependencies, self);
    }

    private static List<ContainerSummary> of(List<ContainerSummary> containers, String service) {
        return containers.stream()
                .filter(container -> service.equals(container.labels().get(Discovery.SERVICE)))
                .toList();
    }

    private static java.util.Optional<String> hash(
            ContainerSummary container, String service, Map<String, String> hashes) {
        String wanted = hashes.getOrDefault(service, "");
        String made = container.labels().getOrDefault(Discovery.HASH, "");
        return wanted.equals(made)
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        "the files say something else of "
                                + service
                                + " than its container was made from");
    }

    private static java.util.Optional<String> image(
            Engine engine, ContainerSummary container, String service, Model model) {
        String now =
                engine.images()
                        .find(model.image(service))
                        .map(Image::id)
                        .orElse(container.imageId());
        return now.equals(container.imageId())
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        model.image(service)
                                + " means another image now than "
                                + service
                                + " runs");
    }
}
