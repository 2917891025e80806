package backout.executor.container;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.plan.Chosen;
import backout.plan.Target;

import java.util.List;

/** What a plan would do, before it is one. */
record Prospect(Target target, Invocation wanted, ContainerSummary container, Chosen choice) {
    boolean prepares(String action) {
        return wanted.command().prepare().contains(action);
    }

    List<String> checks() {
        return choice.checks(target, wanted.command().checksFor(target));
    }

    List<String> paths() {
        return target.settings().texts("backup.paths");
    }
}
