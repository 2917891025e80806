package backout.watch;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Executor;
import backout.run.Journal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One look that keeps good releases from being pruned, and notes when the one to go back to is
 * gone.
 */
final class WayBackWatch {
    private static final Logger log = LoggerFactory.getLogger(WayBackWatch.class);

    private final Journal journal;
    private final InstantSource clock;
    private @Nullable Instant looked;

    WayBackWatch(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * What people should know: that it cannot be rolled back, or that nothing is left to go back
     * to.
     */
    Optional<Phrase> look(Executor executor, Target target, TargetEvent.Seen running) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        ledger.release(running.id())
                .filter(release -> release.standing() == Release.Standing.GOOD)
                .ifPresent(_ -> protect(executor, target, running));
        looked = clock.instant();
        Optional<Phrase> obstacle = obstacle(executor, target, ledger);
        if (obstacle.isPresent()) {
            return obstacle.map(
                    why -> Phrase.of("{0} cannot be rolled back: {1}", target.name(), why));
        }
        return ledger.lastGood(running.id())
                .flatMap(back ->
                        lost(executor, target, ledger, back)
                                .map(why ->
                                        Phrase.of(
                                                "nothing is left to roll {0} back to: of {1}, its"
                                                        + " last good release, {2}. Pull or load it"
                                                        + " again",
                                                target.name(), back.name(), why)));
    }

    /** When it was looked; empty where nobody could tell, and what was noted before was told. */
    Optional<Instant> looked() {
        return Optional.ofNullable(looked);
    }

    /** All that a rollback to what runs will need; it just became good. */
    void keep(Executor executor, Target target, TargetEvent.Seen running) {
        protect(executor, target, running);
        keepFiles(executor, target, running);
    }

    /** A release is good whether its files could be kept or not. */
    private void keepFiles(Executor executor, Target target, TargetEvent.Seen running) {
        try {
            executor.keep(target)
                    .map(kept -> new TargetEvent.FilesKept(clock.instant(), running.id(), kept))
                    .ifPresent(kept -> journal.append(target.name(), List.of(kept)));
        } catch (ProblemException e) {
            log.warn(
                    "{}: the files of {} are not kept: {}",
                    target.name(),
                    running.id(),
                    e.problem());
        }
    }

    /** A release is good whether its image could be kept or not. */
    private static void protect(Executor executor, Target target, TargetEvent.Seen running) {
        try {
            executor.protect(target, running);
        } catch (ProblemException e) {
            log.warn(
                    "{}: the image of {} is not kept: {}",
                    target.name(),
                    running.id(),
                    e.problem());
        }
    }

    private Optional<Phrase> lost(
            Executor executor, Target target, Ledger ledger, Release release) {
        Optional<Phrase> lost = executor.lost(target, release);
        note(target, ledger, release.id(), lost);
        return lost;
    }

    /** Nobody who could not tell takes back what was noted before. */
    private Optional<Phrase> obstacle(Executor executor, Target target, Ledger ledger) {
        try {
            Optional<Phrase> obstacle = executor.obstacle(target, ledger).map(Problem::phrase);
            note(target, ledger, TargetEvent.LookedFor.ANY, obstacle);
            return obstacle;
        } catch (ProblemException e) {
            log.warn(
                    "whether {} could be rolled back is not known: {}", target.name(), e.problem());
            looked = null;
            return ledger.obstacle();
        }
    }

    private void note(Target target, Ledger ledger, String id, Optional<Phrase> lost) {
        if (!lost.equals(ledger.lost(id))) {
            var event = new TargetEvent.LookedFor(clock.instant(), id, lost.orElse(Phrase.NONE));
            journal.append(target.name(), List.of(event));
        }
    }
}
