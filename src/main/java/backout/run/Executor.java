package backout.run;

import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows how one kind of target is rolled back. */
public interface Executor {
    /**
     * Looks at everything and decides what would be done. Read-only.
     *
     * @throws backout.problem.ProblemException when there is no safe plan; nothing was touched
     */
    Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by);

    /** Whether moving the one may move the other too. */
    default boolean mayMoveTogether(Target one, Target other) {
        return false;
    }

    /**
     * The same, judged together with the targets that may be moved by it.
     *
     * @param kin those of which {@link #mayMoveTogether} says so
     * @throws backout.problem.ProblemException as above
     */
    default Plan plan(Target target, Invocation wanted, Ledger ledger, List<Kin> kin, Deadline by) {
        return plan(target, wanted, ledger, by);
    }

    /**
     * What of the plan's ground no longer holds: sentences, empty when all does.
     *
     * @throws backout.problem.ProblemException when nobody could tell
     */
    List<Phrase> changed(Target target, Plan plan, Deadline by);

    /** Its actions by the words that steps use. */
    Map<String, Action> actions();

    /** The action of one of its steps, where that is done; empty where it has none such. */
    default Optional<Action> action(Step step) {
        return Optional.ofNullable(actions().get(step.action()));
    }

    /** How the target is proven. */
    Proof proof(Target target);

    /**
     * What runs now, as events for the ledger: seen, and its version where it tells. Empty when
     * nothing runs.
     */
    List<TargetEvent> sighting(Target target, Deadline by);

    /**
     * Asks what the target stands on, such as a Docker engine, whether it is there; within its own
     * deadline.
     *
     * @return what answered, for operators; empty where there is nothing to ask
     * @throws backout.problem.ProblemException when it does not answer
     */
    default Optional<String> reach(Target target) {
        return Optional.empty();
    }

    /**
     * Removes what it made on the target's host to keep ways back open that nobody can go any more.
     * Called while no run of any target is open.
     *
     * @param needed identities of releases that must stay
     * @return what was removed, each a few words
     * @throws backout.problem.ProblemException when it could not look; the rest stays
     */
    default List<String> tidy(Target target, Set<String> needed) {
        return List.of();
    }

    /**
     * Keeps what runs now from being pruned, because it is good. Called again and again.
     *
     * @throws backout.problem.ProblemException when it could not be kept
     */
    default void protect(Target target, TargetEvent.Seen running) {}

    /**
     * Why no rollback of the target could be made, whatever the release; empty when one could.
     * Reads only.
     *
     * @throws backout.problem.ProblemException when nobody could tell
     */
    default Optional<Problem> obstacle(Target target, Ledger ledger) {
        return Optional.empty();
    }

    /**
     * Why a release cannot be had any more, or not now; empty when it can.
     *
     * @throws backout.problem.ProblemException when nobody could tell
     */
    default Optional<Phrase> lost(Target target, Release release) {
        return Optional.empty();
    }

    /**
     * Keeps the files of what runs now for a later {@code with its files}, because it just proved
     * good.
     *
     * @return where they are kept, for the ledger; empty where this kind has no files
     */
    default Optional<String> keepFiles(Target target) {
        return Optional.empty();
    }

    /**
     * Calls {@code changed} soon after something happened to the target, now and then for nothing
     * as well. Whoever cannot tell never calls; the ledger then only looks each minute.
     *
     * @param changed returns at once; may be called from any thread
     */
    default Following onChange(Target target, Runnable changed) {
        return () -> {};
    }

    /** Ends with {@link #close}: nothing is called afterwards. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
