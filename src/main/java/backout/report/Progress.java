package backout.report;

import backout.approval.Vote;
import backout.language.Phrase;
import backout.run.CallEvent;
import backout.run.Evidence;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;

import java.time.Duration;
import java.util.Optional;

/** One line for each event that a person following a run wants to see. */
public final class Progress {
    private Progress() {}

    /** Empty for what is no news. {@code run} is the run as it is when it is told. */
    public static Optional<Phrase> line(Run run, RunEvent event) {
        return said(run, event).map(line -> Whence.after(line, Whence.of(event)));
    }

    private static Optional<Phrase> said(Run run, RunEvent event) {
        return switch (event) {
            case RunEvent.Requested e -> Optional.of(asked(e));
            case ProposalEvent e -> Optional.of(Proposed.line(e));
            case RunEvent.Planned e -> Optional.of(Phrase.of("plan {0} is made", e.plan().hash()));
            case RunEvent.PlanFailed e ->
                    Optional.of(Phrase.of("no plan: {0}", e.problem().phrase()));
            case RunEvent.Confirmed e -> Optional.of(Phrase.of("{0} confirmed", e.by()));
            case RunEvent.Voted e -> Optional.of(vote(e.vote()));
            case RunEvent.VotesLapsed e ->
                    Optional.of(
                            Phrase.of(
                                    "no longer counted, as they may not vote on it any more: {0}",
                                    e.by()));
            case RunEvent.Cancelled e ->
                    Optional.of(
                            e.reason().isEmpty()
                                    ? Phrase.of("{0} cancelled", e.by())
                                    : Phrase.of("{0} cancelled: {1}", e.by(), e.reason()));
            case RunEvent.StepBegan e ->
                    Optional.of(Phrase.of("{0} …", leg(run, e.step(), e.leg())));
            case RunEvent.ReceiptKept _ -> Optional.empty();
            case RunEvent.StepDone e -> Optional.of(done(leg(run, e.step(), e.leg()), e.note()));
            case RunEvent.StepFailed e ->
                    Optional.of(
                            failed(leg(run, e.step(), e.leg()), e.problem().phrase(), e.present()));
            case RunEvent.SwitchBegan e ->
                    Optional.of(
                            e.approvedBy().isEmpty()
                                    ? Phrase.of("the plan still holds, the switch begins")
                                    : Phrase.of(
                                            "approved by {0}; the plan still holds, the switch"
                                                    + " begins",
                                            e.approvedBy()));
            case RunEvent.PlanChanged e ->
                    Optional.of(
                            Phrase.of("the plan changed: {0}", Phrase.joined("; ", e.reasons())));
            case RunEvent.Checked e -> Optional.of(checked(run, e));
            case RunEvent.BarrierRead e ->
                    Optional.of(
                            e.evidence().isWell()
                                    ? Phrase.of("{0} is well, the next one is switched", e.target())
                                    : Phrase.of(
                                            "{0} is not well, nothing more is switched: {1}",
                                            e.target(), e.evidence().trouble()));
            case RunEvent.Proven e ->
                    Optional.of(
                            e.soakUntil().isAfter(e.at())
                                    ? Phrase.of(
                                            "PROVEN, soaking for {0}",
                                            Duration.between(e.at(), e.soakUntil()))
                                    : Phrase.of("PROVEN"));
            case RunEvent.UndoDecided e ->
                    Optional.of(Phrase.of("undo, decided by {0}: {1}", e.by(), e.why()));
            case RunEvent.Asked e -> Optional.of(Phrase.of("a person must decide: {0}", e.why()));
            case RunEvent.Answered e ->
                    Optional.of(
                            switch (e.answer()) {
                                case UNDO -> Phrase.of("{0} answered: undo", e.by());
                                case KEEP -> Phrase.of("{0} answered: keep", e.by());
                            });
            case RunEvent.Settled e ->
                    e.amiss().isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    Phrase.of("last look: {0}", Phrase.joined("; ", e.amiss())));
            case RunEvent.Finished e -> Optional.of(e.outcome().says());
            case CallEvent e -> Optional.of(Calling.line(e));
            case GlassBroken e -> Optional.of(Unvoted.line(e));
            case HoldEvent e -> Optional.of(held(e));
            case RunEvent.Unreadable e ->
                    Optional.of(Phrase.of("written by a newer Backout: {0}", e.type()));
        };
    }

    private static Phrase held(HoldEvent event) {
        return switch (event) {
            case HoldEvent.Paused e when e.reason().isEmpty() ->
                    Phrase.of("{0} paused it until {1}; then it goes on", e.by(), e.until());
            case HoldEvent.Paused e ->
                    Phrase.of(
                            "{0} paused it until {1}, then it goes on: {2}",
                            e.by(), e.until(), e.reason());
            case HoldEvent.Resumed e -> Phrase.of("{0} let it go on", e.by());
            case HoldEvent.Aborted e when e.reason().isEmpty() ->
                    Phrase.of("{0} aborted it", e.by());
            case HoldEvent.Aborted e -> Phrase.of("{0} aborted it: {1}", e.by(), e.reason());
        };
    }

    private static Phrase asked(RunEvent.Requested event) {
        return Proposal.of(event)
                .filter(seen -> !seen.isAsked())
                .map(seen -> Proposed.noticed(event.target(), seen))
                .orElseGet(() -> Phrase.of("{0} asked: {1}", event.requester(), event.words()));
    }

    private static Phrase vote(Vote vote) {
        if (vote.reason().isEmpty()) {
            return vote.yes()
                    ? Phrase.of("{0} approved", vote.by())
                    : Phrase.of("{0} denied", vote.by());
        }
        return vote.yes()
                ? Phrase.of("{0} approved: {1}", vote.by(), vote.reason())
                : Phrase.of("{0} denied: {1}", vote.by(), vote.reason());
    }

    private static Phrase leg(Run run, int index, Leg leg) {
        var step = run.step(index);
        int number = index + 1;
        return switch (leg) {
            case FORWARD ->
                    switch (step.phase()) {
                        case PREPARE -> Phrase.of("prepare {0} {1}", number, step.says());
                        case SWITCH -> Phrase.of("switch {0} {1}", number, step.says());
                        case BEFORE_SWITCH, AFTER_SWITCH, AFTER_PROOF, AFTER_UNDO ->
                                Phrase.of("{0} {1}", number, step.says());
                    };
            case UNDO -> Phrase.of("undo {0} {1}", number, step.saysBack());
            case CLEAN_UP -> Phrase.of("clean up {0} {1}", number, step.says());
        };
    }

    private static Phrase done(Phrase leg, Phrase note) {
        return note.isEmpty() ? Phrase.of("✓ {0}", leg) : Phrase.of("✓ {0}: {1}", leg, note);
    }

    private static Phrase failed(Phrase leg, Phrase problem, Phrase present) {
        return present.isEmpty()
                ? Phrase.of("✗ {0}: {1}", leg, problem)
                : Phrase.of("✗ {0}: {1} (there now: {2})", leg, problem, present);
    }

    private static Phrase checked(Run run, RunEvent.Checked event) {
        Evidence evidence = event.evidence();
        Phrase finding = evidence.finding().says();
        Phrase said =
                switch (event.moment()) {
                    case BASELINE ->
                            Phrase.of(
                                    "before the switch the service is {0}",
                                    evidence.health().says());
                    case AFTER_SWITCH -> Phrase.of("after the switch the service is {0}", finding);
                    case SOAK -> Phrase.of("in the soak the service is {0}", finding);
                    case AFTER_UNDO -> afterUndo(run, evidence);
                };
        return event.borne().map(borne -> Phrase.of("{0}; {1}", said, borne)).orElse(said);
    }

    /** What was unwell before the rollback is so again: the undo did not make it so. */
    static Phrase afterUndo(Run run, Evidence now) {
        boolean asBefore =
                run.checked(RunEvent.Moment.BASELINE)
                        .map(before -> before.evidence().ranks())
                        .filter(before -> before > 0 && now.ranks() > 0 && now.ranks() <= before)
                        .isPresent();
        return asBefore
                ? Phrase.of(
                        "after the undo the service is {0}, as before the rollback",
                        now.finding().says())
                : Phrase.of("after the undo the service is {0}", now.finding().says());
    }
}
