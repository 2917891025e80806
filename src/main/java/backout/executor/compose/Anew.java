package backout.executor.compose;

import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.executor.compose.traits.Trait;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What compose would make anew, and of which container it would be the same but for its image:
 * asked of compose itself, or told by the hashes where its dry run says nothing.
 */
final class Anew {
    private final Engine engine;
    private final ComposeCli cli;
    private final Scene scene;
    private final Edits edits;
    private final DryRun said;
    private final Map<Map<String, String>, Map<String, String>> hashes = new HashMap<>();
    private final Map<String, Boolean> exact = new HashMap<>();

    private Anew(Engine engine, ComposeCli cli, Scene scene, Edits edits, DryRun said) {
        this.engine = engine;
        this.cli = cli;
        this.scene = scene;
        this.edits = edits;
        this.said = said;
    }

    /**
     * @param going the services that go back
     * @param edits what the change of the files brings besides
     */
    static Anew look(Engine engine, ComposeCli cli, Scene scene, Set<String> going, Edits edits) {
        return new Anew(engine, cli, scene, edits, cli.dryRun(scene.project(), going));
    }

    private String hash(String service, Map<String, String> images) {
        return hashes.computeIfAbsent(
                        images,
                        _ ->
                                cli.hashes(
                                        scene.project(),
                                        scene.model().asMade(scene.containers(), images)))
                .getOrDefault(service, "");
    }

    /** Whether compose would make this container anew as the files are now. */
    boolean isMadeAnew(String service, ContainerSummary container) {
        return said.of(container.name())
                .map(fate -> fate != DryRun.Fate.LEFT)
                .orElseGet(() ->
                        !isOfFiles(service, container, Map.of())
                                || meansAnotherImage(service, container));
    }

    private boolean isOfFiles(
            String service, ContainerSummary container, Map<String, String> images) {
        return hash(service, images).equals(container.labels().getOrDefault(Discovery.HASH, ""));
    }

    private boolean meansAnotherImage(String service, ContainerSummary container) {
        return Optional.of(scene.model().image(service))
                .filter(name -> !name.isEmpty())
                .flatMap(engine.images()::find)
                .map(Image::id)
                .filter(id -> !id.equals(container.imageId()))
                .isPresent();
    }

    /**
     * Sentences about dependencies of the service that up would make anew.
     *
     * @param going services for which that is meant
     */
    List<Phrase> dependencies(String service, Set<String> going) {
        var sentences = new ArrayList<Phrase>();
        for (String name : scene.model().dependencies(service)) {
            if (!going.contains(name)) {
                Replicas.changed(scene, name)
                        .ifPresentOrElse(sentences::add, () -> sentences.addAll(madeAnew(name)));
            }
        }
        return sentences;
    }

    private List<Phrase> madeAnew(String service) {
        return scene.of(service).stream()
                .filter(container -> isTouched(service, container))
                .map(container -> madeAnew(service, container))
                .toList();
    }

    private boolean isTouched(String service, ContainerSummary container) {
        return !edits.of(service).isEmpty() || isMadeAnew(service, container);
    }

    private Phrase madeAnew(String service, ContainerSummary container) {
        var why = new ArrayList<Phrase>();
        if (meansAnotherImage(service, container)) {
            why.add(
                    Phrase.of(
                            "{0} means another image now than {1} runs",
                            scene.model().image(service), service));
        }
        List<Trait> edited = edits.of(service);
        List<Trait> keys =
                edited.isEmpty()
                        ? Comparison.of(engine, container, service, scene.model()).keys()
                        : edited;
        keys.stream().map(Trait::says).forEach(why::add);
        return why.isEmpty()
                ? Phrase.of("docker compose would make {0} anew", service)
                : Phrase.of("docker compose would make {0} anew: {1}", service, Phrase.list(why));
    }

    /** Whether the service's container is what the files will say, whatever its image is. */
    boolean isExact(String service) {
        return edits.of(service).isEmpty() && exact.computeIfAbsent(service, this::isOfFilesNow);
    }

    private boolean isOfFilesNow(String service) {
        Optional<ContainerSummary> made = scene.of(service).stream().findFirst();
        if (made.isEmpty() || scene.model().hasVolumesFrom(service)) {
            // Nobody but compose itself can tell the hash of whoever has volumes of another
            return true;
        }
        return said.of(made.get().name()).filter(DryRun.Fate.LEFT::equals).isPresent()
                || isOfFiles(service, made.get(), Map.of())
                || isOfFiles(service, made.get(), Map.of(service, image(made.get())));
    }

    private String image(ContainerSummary container) {
        return engine.stateOf(container.id()).map(ContainerState::image).orElse(container.image());
    }

    /** Whether compose, when it is named too, would leave it as it is. */
    boolean isLeftAlone(String service, Set<String> going) {
        ContainerSummary container = scene.of(service).getFirst();
        return dependencies(service, going).isEmpty()
                && Replicas.changed(scene, service).isEmpty()
                && !isTouched(service, container)
                && Ground.otherwiseNamed(engine, scene, service, container).isEmpty();
    }
}
