package backout.run;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Begins a rollback that nobody vetoed, if it still may. It needs no lease: of several processes
 * that do so at once the first to be journalled has begun it.
 */
record Automatic(Journal journal, InstantSource clock) {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /**
     * Takes it up in the bot's own name, or leaves it to people and says why.
     *
     * @return until when it waits; empty when it was decided
     * @throws Journal.Overtaken when somebody spoke meanwhile; nothing was written
     */
    Optional<Parked> takeUp(Run run) {
        Instant now = clock.instant();
        if (!isStillUnwell(run, now)) {
            return Optional.of(new Parked.Until(now.plus(LOOK_AGAIN), run.version()));
        }
        TargetName target = run.request().target();
        Optional<Phrase> objection = objection(journal.read(target), run.plan());
        if (objection.isPresent()) {
            journal.append(
                    run.id(),
                    run.version(),
                    List.of(new ProposalEvent.LeftToPeople(now, objection.get())),
                    List.of(),
                    null);
            return Optional.empty();
        }
        journal.append(
                run.id(),
                run.version(),
                List.of(
                        new ProposalEvent.TakenUp(now, Proposal.NOBODY, ""),
                        new RunEvent.Confirmed(now, Proposal.NOBODY, run.plan().hash())),
                Map.of(target, List.of(new TargetEvent.WentBack(now, run.id().text()))),
                null);
        return Optional.empty();
    }

    /**
     * Of the very release, at a look of now. What nobody can see is not touched; the watch ends the
     * proposal when it is well again.
     */
    private boolean isStillUnwell(Run run, Instant now) {
        String release = Proposal.of(run.request()).map(Proposal::release).orElse("");
        return journal.condition(run.request().target())
                .filter(seen -> seen.isFresh(now))
                .filter(seen -> seen.finding() == Evidence.Finding.UNWELL)
                .filter(seen -> seen.release().equals(release))
                .isPresent();
    }

    /** Why no machine may decide this; empty where it may. Pure. */
    static Optional<Phrase> objection(List<TargetEvent> events, Plan plan) {
        Ledger ledger = Ledger.of(events);
        if (ledger.lock().isPresent()) {
            return ledger.lock().map(lock -> Phrase.of("it is locked by {0}", lock.by()));
        }
        if (hasGoneBack(events)) {
            return Optional.of(
                    Phrase.of(
                            "it was rolled back by itself before, and no release was proven good"
                                    + " since"));
        }
        if (plan.moves().size() > 1) {
            return Optional.of(Phrase.of("other targets would be moved with it"));
        }
        return ledger.release(ledger.id(plan.to().identity()))
                        .filter(to -> to.standing() == Release.Standing.GOOD)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Phrase.of("{0} is not proven good", plan.to().name()));
    }

    /** A person's unlock, or a release that was found good by the watch, starts again. */
    private static boolean hasGoneBack(List<TargetEvent> events) {
        boolean gone = false;
        for (TargetEvent event : events) {
            gone =
                    switch (event) {
                        case TargetEvent.WentBack _ -> true;
                        case TargetEvent.Unlocked e -> gone && e.by().equals(Proposal.NOBODY);
                        case TargetEvent.FoundGood e -> gone && !e.run().isEmpty();
                        default -> gone;
                    };
        }
        return gone;
    }
}
