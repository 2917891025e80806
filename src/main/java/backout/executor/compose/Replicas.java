package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.language.Phrase;

import java.util.List;
import java.util.Optional;

/**
 * A service that has another number of containers than the files say, as {@code --scale} leaves it:
 * every up of it, or of what depends on it, makes or removes some.
 */
final class Replicas {
    private Replicas() {}

    /** What up would do about that; nothing where it has as many, or none at all. */
    static Optional<Phrase> changed(Scene scene, String service) {
        List<String> there = scene.of(service).stream().map(ContainerSummary::name).toList();
        int wanted = scene.model().replicas(service);
        return there.isEmpty() || there.size() == wanted
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "the number of containers of {0} is {1}, and docker compose would"
                                        + " make it {2}",
                                service, there.size(), wanted));
    }
}
