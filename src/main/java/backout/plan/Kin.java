package backout.plan;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.Optional;

/**
 * Another target that may be moved together with one, and what speaks against that.
 *
 * @param target the other one
 * @param ledger its own
 * @param lockedOut the image ID that the run behind its lock went back from; empty where it has no
 *     lock, or nobody knows
 * @param run its open run, in a few words; empty where it has none
 * @param isAtWork whether that run has begun to switch
 */
public record Kin(
        Target target,
        Ledger ledger,
        Optional<String> lockedOut,
        Optional<String> run,
        boolean isAtWork) {
    /** That a run which moves the same is at work. */
    public static Problem atWork(String run, TargetName target) {
        return new Problem(
                Phrase.of("run {0} of {1} is at work, and both are moved together", run, target),
                target.toString(),
                Phrase.of(
                        "ask again when it is over; its soak is ended early by: cancel {0}", run));
    }

    /** Why a release must not come back there; empty where nothing is against it. */
    public Optional<Phrase> objection(String identity, String name) {
        return ledger.bad(identity)
                .map(why ->
                        Phrase.of(
                                "{0} goes along: {1} is marked bad there: {2}",
                                target.name(), name, why))
                .or(() ->
                        ledger.lock()
                                .filter(_ -> lockedOut.filter(identity::equals).isPresent())
                                .map(lock ->
                                        Phrase.of(
                                                "{0} goes along: {1} locked it against {2} with"
                                                        + " run {3}",
                                                target.name(), lock.by(), name, lock.run())));
    }
}
