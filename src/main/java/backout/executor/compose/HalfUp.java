package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;

import java.util.List;
import java.util.Optional;

/**
 * What a {@code docker compose up} leaves that is cut off while it replaces a container: the next
 * one as {@code 1a9a29196bde_NAME}, beside the old one or alone. The next up trips over the one and
 * starts the other under that name (seen with 2.26).
 *
 * @param there all containers of the service
 * @param name what its container is called
 */
record HalfUp(Engine engine, List<ContainerSummary> there, String name) {
    private static final String PREFIX = "[0-9a-f]{12}_";

    /** What was never started goes; what is alone gets its name: it has the volumes. */
    void clear() {
        next().ifPresent(next -> {
            if (isNamed()) {
                engine.remove(next.id());
            } else {
                engine.rename(next.id(), name);
            }
        });
    }

    /** As a person types it. */
    List<List<String>> byHand() {
        return next()
                .map(next ->
                        isNamed()
                                ? List.of("docker", "rm", next.name())
                                : List.of("docker", "rename", next.name(), name))
                .stream()
                .toList();
    }

    private boolean isNamed() {
        return there.stream().anyMatch(container -> container.name().equals(name));
    }

    private Optional<ContainerSummary> next() {
        return there.stream()
                .filter(container -> container.name().replaceFirst(PREFIX, "").equals(name))
                .filter(container -> !container.name().equals(name))
                .filter(container -> !isNamed() || container.state().equals("created"))
                .findFirst();
    }
}
