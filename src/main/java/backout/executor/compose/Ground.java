package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Guests;
import backout.docker.ImageLook;
import backout.docker.Ports;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plan stands on, looked at again before the switch. */
final class Ground {
    private final Engine engine;
    private final Host host;
    private final ComposeCli cli;
    private final Ports ports;
    private final Footing footing;

    Ground(Engine engine, Host host, ComposeCli cli, Ports ports, Footing footing) {
        this.footing = footing;
        this.engine = engine;
        this.host = host;
        this.cli = cli;
        this.ports = ports;
    }

    /** What of it no longer holds: sentences, none when all does. */
    List<Phrase> changed(Scene scene, Plan plan) {
        var reasons = new ArrayList<Phrase>();
        Set<String> going =
                plan.steps().stream()
                        .filter(Ground::replaces)
                        .map(step -> step.need("service"))
                        .collect(Collectors.toSet());
        Anew anew = Anew.look(engine, cli, scene, going, Footing.edits(plan));
        for (Step step : plan.steps()) {
            reasons.addAll(footing.changed(scene, step, edited(plan)));
            switch (step.action()) {
                case "compose.file" -> edited(step).ifPresent(reasons::add);
                case "compose.up", "compose.swap" ->
                        reasons.addAll(moved(scene, step, going, anew));
                default -> {
                    // a preparation stands on nothing of its own
                }
            }
        }
        return reasons.stream().distinct().toList();
    }

    /** The files whose change is told of the step that would write them. */
    private static List<String> edited(Plan plan) {
        return plan.steps().stream()
                .filter(step -> step.action().equals("compose.file"))
                .flatMap(step -> step.need("paths").lines())
                .toList();
    }

    private Optional<Phrase> edited(Step step) {
        return FileMove.now(host, step).equals(step.from())
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "the files were edited: {0}",
                                Phrase.list(step.need("paths").lines().toList())));
    }

    /** The project that a plan is about. */
    static Optional<Project> project(Plan plan) {
        return plan.steps().stream().filter(Ground::replaces).findFirst().map(Project::of);
    }

    static boolean replaces(Step step) {
        return step.action().equals("compose.up") || step.action().equals("compose.swap");
    }

    /** Another way would be chosen now, or none. */
    private List<Phrase> otherWay(
            Scene scene, Step step, ContainerSummary container, Set<String> going, Anew anew) {
        try {
            Way way =
                    new WayFinder(engine, scene, anew, Guests.look(engine), going)
                            .way(step.need("service"), container, step.to());
            if (way.isOf(step)) {
                return List.of();
            }
            return way.says().isEmpty()
                    ? List.of(
                            Phrase.of(
                                    "others than planned depend on {0} now", step.need("service")))
                    : way.says();
        } catch (ProblemException e) {
            return e.problems().stream().map(Problem::what).toList();
        }
    }

    private List<Phrase> moved(Scene scene, Step step, Set<String> going, Anew anew) {
        var reasons = new ArrayList<Phrase>();
        String service = step.need("service");
        ContainerSummary container =
                Discovery.atMostOne(scene.of(service), service, scene.target().name().toString())
                        .orElseGet(() ->
                                Scene.noContainer(scene.project(), scene.model().image(service)));
        if (!container.imageId().equals(step.from())) {
            reasons.add(Phrase.of("another image runs now: {0}", container.image()));
        }
        ports.taken(container)
                .forEach(port ->
                        reasons.add(Phrase.of("port {0} is taken by something else now", port)));
        if (!step.from().equals(Step.NOTHING)) {
            reasons.addAll(otherWay(scene, step, container, going, anew));
        }
        reasons.addAll(ImageLook.moved(engine, step.to(), step.need("image")));
        return reasons;
    }

    /**
     * What the files name for a service where that is not what runs: compose could not bring the
     * former container back from them.
     */
    static Optional<Phrase> otherwiseNamed(
            Engine engine, Scene scene, String service, ContainerSummary container) {
        String named = scene.model().image(service);
        boolean isMeant =
                engine.images()
                        .find(named)
                        .filter(image -> image.id().equals(container.imageId()))
                        .isPresent();
        return isMeant
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "the files name {0} for {1}, but {2} runs: from them compose could"
                                        + " not bring it back",
                                named, service, container.image()));
    }
}
