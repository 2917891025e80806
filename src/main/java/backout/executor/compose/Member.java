package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.plan.Chosen;
import backout.plan.Step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One service that goes back, of those that the edit of one line gives another image.
 *
 * @param project the project with this service
 * @param container the one that runs now
 * @param hasHealthCheck whether the engine itself tells how it is
 * @param isRoused whether somebody had stopped it: it runs only because another one needs it
 */
record Member(
        Project project,
        ContainerSummary container,
        Chosen choice,
        boolean hasHealthCheck,
        boolean isRoused) {
    String service() {
        return project.service();
    }

    /** Whether it has no container that could be replaced. */
    boolean isDown() {
        return container.imageId().equals(Step.NOTHING);
    }

    boolean isThereAlready() {
        return container.imageId().equals(choice.identity());
    }

    String image() {
        return choice.identity();
    }

    /** Both of them, as one text. */
    String images() {
        return container.imageId() + " " + choice.identity();
    }

    /** What proves it beside the target's own service. */
    List<String> checks(Duration within) {
        var lines = new ArrayList<String>();
        String wait = " within " + within.toSeconds() + "s";
        lines.add("container " + service() + " [STATE] == running" + wait);
        lines.add("container " + service() + " [RESTARTS] == 0");
        lines.add("container " + service() + " [IMAGE] == " + choice.identity());
        if (hasHealthCheck) {
            lines.add("container " + service() + " [HEALTH] == healthy" + wait);
        }
        return lines;
    }
}
