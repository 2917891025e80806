package backout.executor.container;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.EngineEvent;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The container of a target, by its name. */
record Found(Engine engine) {
    static String name(Target target) {
        return target.settings().text("container");
    }

    ContainerSummary container(Target target) {
        return find(name(target)).orElseThrow(() -> none(target));
    }

    Optional<ContainerSummary> find(String name) {
        return named(name).stream().findFirst();
    }

    /** One or none: the engine gives a name once. */
    List<ContainerSummary> named(String name) {
        return engine.containers(Map.of()).stream()
                .filter(container -> container.name().equals(name))
                .toList();
    }

    /** What happens to the container, also that it gets or loses its name. */
    static Predicate<EngineEvent> events(Target target) {
        String name = name(target);
        return event ->
                name.equals(event.attributes().get("name"))
                        || ("/" + name).equals(event.attributes().get("oldName"));
    }

    private static ProblemException none(Target target) {
        return Problem.stop(
                Phrase.of(
                        "there is no container {0}, and nobody else knows how it was made",
                        name(target)),
                target.name().toString(),
                Phrase.of(
                        "make it again with docker run; how it was made before stands in its last"
                                + " backup: bot/backout open BACKUP. Or mend container in {0}",
                        target.file()));
    }
}
