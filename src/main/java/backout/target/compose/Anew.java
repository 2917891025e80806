package backout.target.compose;

import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What compose would make anew, and of which container it would be the same but for its image. */
final class Anew {
    private final Engine engine;
    private final ComposeCli cli;
    private final Scene scene;
    private final Map<String, String> hashes;
    private final Map<String, Boolean> exact = new HashMap<>();

    Anew(Engine engine, ComposeCli cli, Scene scene) {
        this.engine = engine;
        this.cli = cli;
        this.scene = scene;
        this.hashes = hashes(Map.of());
    }

    private Map<String, String> hashes(Map<String, String> images) {
        return cli.hashes(scene.project(), scene.model().asMade(scene.containers(), images));
    }

    /**
     * Sentences about dependencies of the service that up would make anew.
     *
     * @param going services for which that is meant
     */
    List<Phrase> dependencies(String service, Set<String> going) {
        return drift(service, going).dependencies();
    }

    private Drift drift(String service, Set<String> going) {
        return Drift.look(engine, service, going, scene.model(), hashes, scene.containers());
    }

    /** Whether the service's container is what the files say now, whatever its image is. */
    boolean isExact(String service) {
        return exact.computeIfAbsent(service, this::look);
    }

    private boolean look(String service) {
        Optional<ContainerSummary> made = scene.of(service).stream().findFirst();
        if (made.isEmpty() || scene.model().hasVolumesFrom(service)) {
            // Nobody but compose itself can tell the hash of whoever has volumes of another
            return true;
        }
        String label = made.get().labels().getOrDefault(Discovery.HASH, "");
        return label.equals(hashes.get(service))
                || label.equals(hashWithItsImage(service, made.get()));
    }

    private String hashWithItsImage(String service, ContainerSummary container) {
        String image =
                engine.stateOf(container.id()).map(ContainerState::image).orElse(container.image());
        return hashes(Map.of(service, image)).getOrDefault(service, "");
    }

    /** Whether compose, when it is named too, would leave it as it is. */
    boolean isLeftAlone(String service, Set<String> going) {
        Drift drift = drift(service, going);
        return drift.dependencies().isEmpty()
                && drift.self().isEmpty()
                && Ground.otherwiseNamed(engine, scene, service, scene.of(service).getFirst())
                        .isEmpty();
    }
}
