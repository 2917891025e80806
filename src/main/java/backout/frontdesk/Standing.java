package backout.frontdesk;

import backout.command.Site;
import backout.plan.Freeze;
import backout.plan.Ledger;
import backout.plan.TargetLock;
import backout.plan.TargetName;
import backout.run.Freezes;
import backout.run.Journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether something may be done to a target now, for whoever deploys.
 *
 * @param lock against going forward
 * @param freeze against anything, its own or that of the whole site
 */
public record Standing(TargetName target, Optional<TargetLock> lock, Optional<Freeze> freeze) {
    /**
     * The target that is meant, said with or without its kind.
     *
     * @throws backout.problem.ProblemException when there is no such target
     */
    public static TargetName named(Site site, String text) {
        return new Targets(site).any(text).name();
    }

    public static Standing of(TargetName target, Journal journal, Instant now) {
        return new Standing(
                target,
                Ledger.of(journal.read(target)).lock().filter(lock -> lock.holds(now)),
                Freezes.of(journal).on(target, now));
    }

    public boolean isFree() {
        return lock.isEmpty() && freeze.isEmpty();
    }
}
