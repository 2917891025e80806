package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Guests;
import backout.language.Phrase;
import backout.plan.Step;
import backout.run.Present;

import java.util.List;
import java.util.Optional;

/** What there is of a service's container, in the words of a step. */
final class Containers {
    private final Engine engine;
    private final Discovery discovery;

    Containers(Engine engine, Discovery discovery) {
        this.engine = engine;
        this.discovery = discovery;
    }

    NextUp nextUp(ComposeCli cli) {
        return new NextUp(cli, discovery);
    }

    /** What a compose that was cut off has left of the step. */
    HalfUp half(Step step) {
        return new HalfUp(
                engine,
                discovery.containers(step.need("project"), step.need("service")),
                step.need("container"));
    }

    Present present(Step step) {
        List<ContainerSummary> found =
                discovery.containers(step.need("project"), step.need("service")).stream()
                        .filter(container -> !container.isSetAside())
                        .toList();
        if (found.isEmpty() && step.from().equals(Step.NOTHING)) {
            return new Present.At(Step.NOTHING);
        }
        if (found.isEmpty()) {
            return new Present.Gone(
                    Phrase.of("service {0} has no container", step.need("service")));
        }
        ContainerSummary only = found.getFirst();
        if (found.size() > 1) {
            return new Present.Between(
                    Phrase.list(
                            found.stream()
                                    .map(one -> one.name() + " (" + one.state() + ")")
                                    .toList()));
        }
        if (!only.isStarted() && isAtRest(step, only)) {
            return new Present.At(step.from());
        }
        if (!only.isStarted()) {
            return new Present.Between(Phrase.of("{0} is {1}", only.name(), only.state()));
        }
        return orphan(step)
                .<Present>map(guest ->
                        new Present.Between(
                                Phrase.of("{0} lives in a container that is gone", guest)))
                .orElseGet(() -> new Present.At(engine.images().named(only.imageId(), step.to())));
    }

    /** As it was before: stopped by whoever wanted it so. */
    private static boolean isAtRest(Step step, ContainerSummary only) {
        return only.imageId().equals(step.from())
                && UpMove.rests(step).contains(step.need("service"));
    }

    /** A guest that is made anew by the same step and was not yet. */
    private Optional<String> orphan(Step step) {
        List<String> with = UpMove.with(step);
        if (with.isEmpty()) {
            return Optional.empty();
        }
        return Guests.look(engine).orphans().stream()
                .filter(guest ->
                        step.need("project").equals(guest.labels().get(Discovery.PROJECT))
                                && with.contains(
                                        guest.labels().getOrDefault(Discovery.SERVICE, "")))
                .map(ContainerSummary::name)
                .findFirst();
    }

    /** All of the project. */
    List<ContainerSummary> of(Project project) {
        return discovery.containers(project.name());
    }
}
