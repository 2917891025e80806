package backout.run;

import backout.language.Phrase;
import backout.plan.Chosen;
import backout.plan.Plan;
import backout.plan.Releases;

import java.util.List;

/**
 * What an executor found when it looked once at all that a plan of a target stands on, so that all
 * of the plan speaks of the same moment. Touches nothing.
 */
public interface Outlook {
    /** What runs now; {@link backout.plan.Ledger#shown} names it. */
    Plan.Shown from();

    /** Whether it does not run at all: what runs is then what ran last. */
    default boolean isDown() {
        return false;
    }

    /** Which releases can be had. */
    Releases releases();

    /** Why this must not be chosen by itself; whoever names it may have it all the same. */
    default List<Phrase> objections(Chosen choice) {
        return List.of();
    }

    /**
     * What would be done to bring that release.
     *
     * @throws backout.problem.ProblemException when there is no safe way
     */
    Draft draft(Chosen choice);
}
