package backout.run;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.time.Instant;
import java.util.Optional;

/** What a run that begins without its votes does not go past: what is frozen, what is locked. */
public record Unguarded(Site site, Journal journal) {
    /** Why it must not begin to switch, with its votes or without; empty where it may. */
    Optional<Problem> holds(Run run, Instant now) {
        return GlassBroken.now(run).isPresent()
                ? refuses(run, now)
                : Freezes.of(journal).refuses(run, site, now);
    }

    /** Why it must not begin without its votes; empty where it may. */
    public Optional<Problem> refuses(Run run, Instant now) {
        return Freezes.of(journal)
                .refuses(run, site, now)
                .or(() ->
                        run.plan().moves().stream()
                                .map(Plan.Along::target)
                                .flatMap(target -> locked(target, now).stream())
                                .findFirst());
    }

    private Optional<Problem> locked(TargetName target, Instant now) {
        return Ledger.of(journal.read(target))
                .lock()
                .filter(lock -> lock.holds(now))
                .map(lock ->
                        Problem.of(
                                Phrase.of(
                                        "{0} is locked by {1}: {2}. Without votes nothing is run"
                                                + " on it",
                                        target, lock.by(), lock.why()),
                                Phrase.of(
                                        "have it approved, or say first: unlock {0} because"
                                                + " REASON",
                                        target.name())));
    }
}
