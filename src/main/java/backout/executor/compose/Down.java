package backout.executor.compose;

import backout.docker.ContainerState;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A dependency that does not run. Compose starts it, which touches nothing that runs; the engine's
 * way does not, and the service would start without it.
 *
 * @param says what is the matter
 * @param byHand what starts it
 */
record Down(String service, How how, Phrase says, String byHand) {
    /** What {@code up} does about it. */
    enum How {
        STARTED,
        /** It has done what it is for, and does it once more. */
        RUN_AGAIN
    }

    boolean isRunAgain() {
        return how == How.RUN_AGAIN;
    }

    Phrase againByUp() {
        return Phrase.of("{0}, and up would run it once more", says);
    }

    Phrase startedByUp() {
        return isRunAgain()
                ? Phrase.of("{0}, and compose runs it once more", says)
                : Phrase.of("{0}, and compose starts it first", says);
    }

    /** Why the engine does not replace a container that needs it. */
    Problem refusal(String container) {
        return new Problem(
                Phrase.of(
                        "{0}, and the engine replaces {1} alone, which would start without it",
                        says, container),
                service,
                Phrase.of("start it first with {0}, then ask again", byHand));
    }

    /**
     * @param going services that are replaced by a step of their own
     * @throws ProblemException where no way would give the service what it needs
     */
    static List<Down> look(Engine engine, Scene scene, String service, Set<String> going) {
        var downs = new ArrayList<Down>();
        var red = new ArrayList<Problem>();
        for (String name : scene.model().dependencies(service)) {
            if (going.contains(name)) {
                continue;
            }
            try {
                look(engine, scene, service, name).ifPresent(downs::add);
            } catch (ProblemException e) {
                red.addAll(e.problems());
            }
        }
        if (!red.isEmpty()) {
            throw new ProblemException(red);
        }
        return downs;
    }

    private static Optional<Down> look(Engine engine, Scene scene, String service, String name) {
        Optional<ContainerSummary> made = scene.of(name).stream().findFirst();
        if (made.isEmpty() && scene.model().replicas(name) == 0) {
            return Optional.empty();
        }
        if (made.isEmpty()) {
            return Optional.of(toBeMade(engine, scene, name));
        }
        ContainerSummary container = made.get();
        String start = "docker start " + container.name();
        return switch (container.state()) {
            case "running" -> {
                mustNotBeUnhealthy(engine, scene, service, name, container);
                yield Optional.empty();
            }
            case "exited", "created" ->
                    Optional.of(
                            hasDoneItsWork(engine, scene, name, container)
                                    ? new Down(
                                            name,
                                            How.RUN_AGAIN,
                                            Phrase.of("{0} has ended well", name),
                                            start)
                                    : new Down(
                                            name,
                                            How.STARTED,
                                            Phrase.of("{0} is {1}", name, container.state()),
                                            start));
            case "paused" ->
                    throw red(
                            Phrase.of("{0}, which {1} needs, is paused", name, service),
                            container,
                            Phrase.of("type docker unpause {0}, then ask again", container.name()));
            default ->
                    throw red(
                            Phrase.of(
                                    "{0}, which {1} needs, is {2}",
                                    name, service, container.state()),
                            container,
                            Phrase.of(
                                    "see why with docker logs {0} and mend that first",
                                    container.name()));
        };
    }

    private static ProblemException red(Phrase what, ContainerSummary where, Phrase next) {
        return Problem.stop(what, where.name(), next);
    }

    private static Down toBeMade(Engine engine, Scene scene, String name) {
        String image = scene.model().image(name);
        if (engine.images().find(image).isEmpty()) {
            throw Problem.stop(
                    Phrase.of("{0} has no container, and its image is not here", name),
                    image,
                    Phrase.of("make it first: {0}", up(scene, name)));
        }
        return new Down(
                name, How.STARTED, Phrase.of("{0} has no container", name), up(scene, name));
    }

    private static String up(Scene scene, String name) {
        return ComposeCli.line(scene.project(), List.of(name), "up", "--detach");
    }

    /** Compose would make the service anew and then wait for it in vain: it would not start. */
    private static void mustNotBeUnhealthy(
            Engine engine, Scene scene, String service, String name, ContainerSummary container) {
        boolean waits = scene.model().condition(service, name).equals("service_healthy");
        if (waits && health(engine, container).equals("unhealthy")) {
            throw red(
                    Phrase.of("{0}, for whose health {1} waits, is unhealthy", name, service),
                    container,
                    Phrase.of(
                            "see why with docker logs {0} and mend that first", container.name()));
        }
    }

    private static String health(Engine engine, ContainerSummary container) {
        return engine.stateOf(container.id()).flatMap(ContainerState::health).orElse("");
    }

    /** Somebody waits for its end, such as that of a migration, and it ended well. */
    private static boolean hasDoneItsWork(
            Engine engine, Scene scene, String name, ContainerSummary container) {
        return scene.model().isAwaitedToEnd(name) && endedWell(engine, container);
    }

    static boolean endedWell(Engine engine, ContainerSummary container) {
        return container.state().equals("exited")
                && engine.stateOf(container.id()).filter(it -> it.exitCode() == 0).isPresent();
    }
}
