package backout.executor.compose;

import backout.docker.ContainerSummary;

import java.util.List;
import java.util.Map;

/**
 * Whether the next plain {@code up} would leave a service's container as it is: asked of compose,
 * else told by the hash in the container's label.
 */
final class NextUp {
    private final ComposeCli cli;
    private final Discovery discovery;

    NextUp(ComposeCli cli, Discovery discovery) {
        this.cli = cli;
        this.discovery = discovery;
    }

    /** Never where there is no container: up would make one. */
    boolean leavesAlone(Project project) {
        List<ContainerSummary> there = discovery.containers(project.name(), project.service());
        DryRun said = cli.dryRun(project, List.of(project.service()));
        return !there.isEmpty()
                && there.stream()
                        .allMatch(container ->
                                said.of(container.name())
                                        .map(fate -> fate == DryRun.Fate.LEFT)
                                        .orElseGet(() -> hasItsHash(project, container)));
    }

    private boolean hasItsHash(Project project, ContainerSummary container) {
        var model = new Model(cli.config(project).json());
        List<ContainerSummary> all = discovery.containers(project.name());
        return cli.hashes(project, model.asMade(all, Map.of()))
                .getOrDefault(project.service(), "")
                .equals(container.labels().get(Discovery.HASH));
    }
}
