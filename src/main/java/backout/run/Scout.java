package backout.run;

import backout.command.Invocation;
import backout.plan.Plan;
import backout.plan.Target;

import java.util.List;

/** Looks at the world for somebody who asks. Changes nothing, and no run comes of it. */
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
}
