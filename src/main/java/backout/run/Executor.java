package backout.run;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Readiness;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.Problem;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows how one kind of target is rolled back. */
public interface Executor {
    /**
     * Looks once at everything that a plan stands on. Read-only.
     *
     * @throws backout.problem.ProblemException when there can be no plan, whatever the release;
     *     nothing was touched
     */
    Outlook look(Request request, Deadline by);

    /**
     * The plan, chosen and completed by the core from one look. Read-only.
     *
     * @throws backout.problem.ProblemException when there is no safe plan; nothing was touched
     */
    default Plan plan(Request request, Deadline by) {
        return Drafting.plan(look(request, by), request);
    }

    /** Whether moving the one may move the other too. */
    default boolean mayMoveTogether(Target one, Target other) {
        return false;
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

    /**
     * Lends eyes for one series of looks.
     *
     * @param plan the one that is being proven; empty outside of a run
     * @param undone whether its undo is
     */
    Probes probes(Target target, Optional<Plan> plan, boolean undone);

    /** How the target is proven: by the core, through the eyes that are lent. */
    default Proof proof(Target target, InstantSource clock, Pause pause) {
        return new ProbingProof(
                target, (plan, undone) -> probes(target, plan, undone), clock, pause);
    }

    /**
     * What runs now; empty where nothing does.
     *
     * @throws backout.problem.ProblemException when nobody could look
     */
    Optional<Running> sight(Target target, Deadline by);

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
     * How ready the places are that the target's people could be led to, such as a standby; empty
     * where this kind has none. Reads only, each part within a deadline of its own.
     *
     * @param checks what proves the target, with their placeholders
     */
    default Optional<Readiness> standby(Target target, Ledger ledger, List<String> checks) {
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
     * Keeps what describes the target as it runs now, such as its files, for a rollback that wants
     * them too: it just proved good.
     *
     * @return where that is kept, for the ledger; empty where this kind has nothing of the sort
     */
    default Optional<String> keep(Target target) {
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

    /**
     * How long after a change of any target the ledger looks; until then there may be more of them.
     * A start of a container is a dozen events.
     */
    default Duration settlesWithin() {
        return Duration.ofSeconds(2);
    }

    /** Ends with {@link #close}: nothing is called afterwards. */
    interface Following extends AutoCloseable {
        @Override
        void close();
    }
}
