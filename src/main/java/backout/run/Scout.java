package backout.run;

import backout.command.Invocation;
import backout.plan.Plan;
import backout.plan.Target;

import java.util.List;

/**
 * Looks at the world for somebody who asks. Nothing but a suite changes anything, and no run comes
 * of it.
 */
public interface Scout {
    /**
     * The plan that would be made.
     *
     * @param targets in the order in which they are switched
     * @throws backout.problem.ProblemException when there is no safe one
     */
    Plan draft(List<Target> targets, Invocation wanted);

    /** What the checks of a target say now. What nobody could look at is unknown. */
    default Glance checks(Target target) {
        throw new IllegalStateException("nobody here reads the checks of " + target.name());
    }

    /** Plays the suites of a target's lists: that changes what their steps say. */
    default List<Played> suites(Target target) {
        throw new IllegalStateException("nobody here plays the suites of " + target.name());
    }
}
