package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.language.Phrase;
import backout.target.compose.traits.Trait;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code up} of the services that go back would do to the containers as the files are now:
 * asked of compose itself, or told by the hashes where this version has no dry run.
 */
final class Outlook {
    private final Engine engine;
    private final Scene scene;
    private final Set<String> going;
    private final DryRun said;
    private final Map<String, String> hashes;

    Outlook(
            Engine engine,
            Scene scene,
            Set<String> going,
            DryRun said,
            Map<String, String> hashes) {
        this.engine = engine;
        this.scene = scene;
        this.going = going;
        this.said = said;
        this.hashes = hashes;
    }

    /**
     * @param going the services that go back
     */
    static Outlook look(Engine engine, ComposeCli cli, Scene scene, Set<String> going) {
        var needed = new LinkedHashSet<String>();
        going.forEach(service -> needed.addAll(scene.model().dependencies(service)));
        needed.removeAll(going);
        var said = new DryRun(Map.of());
        said = said.and(cli.dryRun(scene.project(), List.copyOf(going)));
        if (!isKnown(scene, said, needed)) {
            said = said.and(cli.dryRun(scene.project(), List.copyOf(needed)));
        }
        needed.addAll(going);
        Map<String, String> hashes =
                isKnown(scene, said, needed) ? Map.of() : cli.hashes(scene.project());
        return new Outlook(engine, scene, going, said, hashes);
    }

    private static boolean isKnown(Scene scene, DryRun said, Set<String> services) {
        return services.stream()
                .flatMap(service -> scene.of(service).stream())
                .allMatch(container -> said.of(container.name()).isPresent());
    }

    /** Whether compose would make this container anew although nobody asked for another image. */
    boolean isMadeAnew(ContainerSummary container) {
        Optional<DryRun.Fate> fate = said.of(container.name());
        return fate.isPresent()
                ? fate.get() != DryRun.Fate.LEFT
                : !hasItsHash(container) || meansAnotherImage(container);
    }

    private boolean hasItsHash(ContainerSummary container) {
        String wanted = hashes.getOrDefault(service(container), "");
        return wanted.equals(container.labels().getOrDefault(Discovery.HASH, ""));
    }

    private static String service(ContainerSummary container) {
        return container.labels().getOrDefault(Discovery.SERVICE, "");
    }

    private boolean meansAnotherImage(ContainerSummary container) {
        return Optional.of(scene.model().image(service(container)))
                .filter(name -> !name.isEmpty())
                .flatMap(engine.images()::find)
                .map(Image::id)
                .filter(id -> !id.equals(container.imageId()))
                .isPresent();
    }

    /** All that would happen to dependencies of the service that stay: sentences. */
    List<Phrase> dependencies(String service) {
        var all = new ArrayList<>(down(service));
        all.addAll(anew(service));
        return all;
    }

    /** Dependencies that do not run: what they are and what {@code up} would do. */
    List<Phrase> down(String service) {
        var down = new ArrayList<Phrase>();
        for (String name : staying(service)) {
            List<ContainerSummary> made = scene.of(name);
            if (made.isEmpty()) {
                down.add(Phrase.of("{0} has no container, up would make one", name));
            }
            made.stream()
                    .filter(container -> !container.state().equals("running"))
                    .map(container ->
                            Phrase.of("{0} is {1}, up would start it", name, container.state()))
                    .forEach(down::add);
        }
        return down;
    }

    private List<String> staying(String service) {
        return scene.model().dependencies(service).stream()
                .filter(name -> !going.contains(name))
                .toList();
    }

    /** Dependencies that would be made anew, and why. */
    private List<Phrase> anew(String service) {
        return staying(service).stream()
                .flatMap(name -> scene.of(name).stream())
                .filter(this::isMadeAnew)
                .map(this::anew)
                .toList();
    }

    private Phrase anew(ContainerSummary container) {
        String service = service(container);
        var why = new ArrayList<Phrase>();
        if (meansAnotherImage(container)) {
            why.add(
                    Phrase.of(
                            "{0} means another image now than {1} runs",
                            scene.model().image(service), service));
        }
        Comparison.of(engine, container, service, scene.model()).keys().stream()
                .map(Trait::says)
                .forEach(why::add);
        return why.isEmpty()
                ? Phrase.of("docker compose would make {0} anew", service)
                : Phrase.of("docker compose would make {0} anew: {1}", service, Phrase.list(why));
    }
}
