package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.plan.Step;
import backout.plan.Target;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What there is of a target's project while a plan is made: looked at once, so that all of the plan
 * speaks of the same moment.
 *
 * @param project with the service that the target names and the profiles that are active
 * @param model what the files say now
 * @param warnings what compose complains of in them
 * @param container the one of the target's service
 * @param containers all of the project
 */
record Scene(
        Target target,
        Project project,
        Model model,
        ComposeWarnings warnings,
        ContainerSummary container,
        List<ContainerSummary> containers) {
    Scene {
        containers = List.copyOf(containers);
    }

    /** Stands for a container that is not there. */
    static ContainerSummary noContainer(Project project, String image) {
        return new ContainerSummary(
                "",
                project.name() + "-" + project.service() + "-1",
                image,
                Step.NOTHING,
                "gone",
                Map.of(),
                "");
    }

    boolean isDown() {
        return container.imageId().equals(Step.NOTHING);
    }

    /** Services that a plain up would start besides, of those that have no container. */
    List<String> alsoDown(Set<String> going) {
        return model.services().stream()
                .filter(service -> of(service).isEmpty() && !going.contains(service))
                .filter(service -> model.replicas(service) > 0)
                .filter(model::isActive)
                .toList();
    }

    List<ContainerSummary> of(String service) {
        return containers.stream()
                .filter(one -> service.equals(one.labels().get(Discovery.SERVICE)))
                .toList();
    }

    boolean isUp(String service) {
        return of(service).stream().anyMatch(ContainerSummary::isStarted);
    }
}
