package backout.target.compose;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.plan.Target;

import java.util.List;

/**
 * What a plan stands on, before it is one.
 *
 * @param container that of the service
 * @param containers those of the project
 */
record Ground(
        Target target,
        Invocation wanted,
        Project project,
        ContainerSummary container,
        List<ContainerSummary> containers,
        Choice choice,
        FileChange change) {
    Ground {
        containers = List.copyOf(containers);
    }

    /** Whether the command makes this preparation at all. */
    boolean prepares(String action) {
        return wanted.command().prepare().contains(action);
    }
}
