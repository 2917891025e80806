package backout.executor.compose;

import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.plan.Chosen;
import backout.plan.Target;

import java.util.List;

/**
 * What a plan would do, before it is one.
 *
 * @param members the services that go back, in their order
 * @param saved what is backed up besides the project's files; empty for what the container that
 *     runs can write to
 */
record Prospect(
        Scene scene,
        Invocation wanted,
        Chosen choice,
        List<Member> members,
        FileChange change,
        List<String> saved) {
    Prospect {
        members = List.copyOf(members);
        saved = List.copyOf(saved);
    }

    Target target() {
        return scene.target();
    }

    Project project() {
        return scene.project();
    }

    ContainerSummary container() {
        return scene.container();
    }

    /** Whether the command makes this preparation at all. */
    boolean prepares(String action) {
        return wanted.command().prepare().contains(action);
    }
}
