package backout.operations;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.TargetEvent;
import backout.report.Say;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An event as one line of the log.
 *
 * @param step its number from 1 on and its action
 * @param via the face that it was said through
 */
record EventWords(
        String says, Optional<String> step, Optional<String> person, Optional<String> via) {
    private static EventWords plain(String says) {
        return new EventWords(says, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static EventWords by(String person, String says) {
        return by(person, says, "");
    }

    private static EventWords by(String person, String says, String via) {
        return new EventWords(
                says,
                Optional.empty(),
                Optional.of(person),
                Optional.of(via).filter(face -> !face.isEmpty()));
    }

    private static EventWords step(Run run, int index, String says) {
        String step = (index + 1) + " " + run.step(index).action();
        return new EventWords(
                "step " + step + " " + says, Optional.of(step), Optional.empty(), Optional.empty());
    }

    /** Empty for what no operator would want in an incident. */
    static Optional<EventWords> of(Run run, RunEvent event) {
        return switch (event) {
            case RunEvent.ReceiptKept _, RunEvent.Unreadable _ -> Optional.empty();
            case RunEvent.StepBegan e -> Optional.of(step(run, e.step(), word(e.leg()) + " began"));
            case RunEvent.StepDone e ->
                    Optional.of(step(run, e.step(), word(e.leg()) + " is done"));
            case RunEvent.StepFailed e ->
                    Optional.of(
                            step(
                                    run,
                                    e.step(),
                                    word(e.leg()) + " did not work: " + e.problem().what()));
            default -> Optional.of(ofRun(event));
        };
    }

    private static EventWords ofRun(RunEvent event) {
        return switch (event) {
            case RunEvent.Requested e -> by(e.requester(), "asked for: " + e.command(), e.via());
            case RunEvent.Planned e ->
                    plain("planned: " + e.plan().from().name() + " to " + e.plan().to().name());
            case RunEvent.PlanFailed e -> plain("there is no plan: " + e.problem().what());
            case RunEvent.Confirmed e -> by(e.by(), "confirmed", e.via());
            case RunEvent.Voted e ->
                    by(e.vote().by(), e.vote().yes() ? "approved" : "denied", e.vote().via());
            case RunEvent.VotesLapsed e -> plain("no longer count: the votes of " + e.by());
            case RunEvent.Cancelled e -> by(e.by(), "cancelled", e.via());
            case ProposalEvent.TakenUp e -> by(e.by(), "took it up", e.via());
            case ProposalEvent.Held e -> by(e.by(), "has it wait until " + e.until(), e.via());
            case ProposalEvent.Obsolete _ -> plain("is no longer proposed");
            case ProposalEvent.LeftToPeople _ -> plain("does not begin by itself");
            case RunEvent.SwitchBegan _ -> plain("the switch began");
            case RunEvent.PlanChanged e ->
                    plain("the plan changed: " + Phrase.joined("; ", e.reasons()));
            case RunEvent.Checked e ->
                    plain("checked " + word(e.moment()) + ": " + word(e.evidence().finding()));
            case RunEvent.BarrierRead e ->
                    plain("checked " + e.target() + ": " + word(e.evidence().finding()));
            case RunEvent.Proven _ -> plain("proven");
            case RunEvent.UndoDecided e -> by(e.by(), "the undo begins");
            case RunEvent.Asked e -> plain("asks people: undo or keep, until " + e.until());
            case RunEvent.Answered e -> by(e.by(), "answered: " + word(e.answer()), e.via());
            case RunEvent.Settled e -> plain("looked once more, " + amiss(e.amiss()));
            case RunEvent.Finished e -> plain("finished: " + word(e.outcome().result()));
            case CallEvent e -> ofCall(e);
            case GlassBroken e ->
                    by(e.by(), "has it run without the votes that are missing", e.via());
            case HoldEvent.Paused e -> by(e.by(), "paused it until " + e.until(), e.via());
            case HoldEvent.Resumed e -> by(e.by(), "let it go on", e.via());
            case HoldEvent.Aborted e -> by(e.by(), "aborted it", e.via());
            case RunEvent.StepBegan _,
                    RunEvent.StepDone _,
                    RunEvent.StepFailed _,
                    RunEvent.ReceiptKept _,
                    RunEvent.Unreadable _ ->
                    throw new IllegalArgumentException("told elsewhere: " + event.getClass());
        };
    }

    private static EventWords ofCall(CallEvent event) {
        return switch (event) {
            case CallEvent.Paged e when e.people().isEmpty() ->
                    plain("calls nobody of L" + e.level() + ": nobody is there");
            case CallEvent.Paged e -> plain("calls L" + e.level() + ": " + e.people());
            case CallEvent.Nudged e ->
                    by(e.by(), "called L" + e.level() + " again: " + e.people(), e.via());
            case CallEvent.Claimed e -> by(e.by(), "is on it until " + e.until(), e.via());
            case CallEvent.GivenBack e -> by(e.by(), "is no longer on it", e.via());
        };
    }

    private static String amiss(List<Phrase> amiss) {
        return amiss.isEmpty() ? "all is where it should be" : "amiss: " + amiss.size();
    }

    /**
     * Sightings of the same come each few minutes and are no news; a proven run clears what is not
     * marked too; the watch logs its warnings itself.
     *
     * @param before the ledger without the event, which knows what ran
     * @param now the ledger with it, which knows what releases are called
     */
    static Optional<EventWords> of(TargetEvent event, Ledger before, Ledger now) {
        return switch (event) {
            case TargetEvent.Seen e -> seen(e, before, now);
            case TargetEvent.FoundGood _,
                    TargetEvent.FilesKept _,
                    TargetEvent.LookedFor _,
                    TargetEvent.Felt _,
                    TargetEvent.Proposed _,
                    TargetEvent.WentBack _,
                    TargetEvent.Warned _ ->
                    Optional.empty();
            case TargetEvent.MarkedBad e ->
                    Optional.of(by(e.by(), "marked bad: " + name(now, e.id()), e.via()));
            case TargetEvent.Cleared e when e.by().equals("backout") -> Optional.empty();
            case TargetEvent.Cleared e ->
                    Optional.of(by(e.by(), "no longer bad: " + name(now, e.id()), e.via()));
            case TargetEvent.Locked e ->
                    Optional.of(by(e.by(), "locked" + until(e.until()), e.via()));
            case TargetEvent.Frozen e ->
                    Optional.of(by(e.by(), "froze it" + until(e.until()), e.via()));
            case TargetEvent.Thawed e -> Optional.of(by(e.by(), "thawed it", e.via()));
            case TargetEvent.GlassBroken e ->
                    Optional.of(by(e.by(), "began " + e.run() + " without votes", e.via()));
            case TargetEvent.GlassReviewed e ->
                    Optional.of(by(e.by(), "reviewed " + e.run(), e.via()));
            case TargetEvent.Deployed e ->
                    Optional.of(by(e.by(), "deployed: " + e.release(), e.via()));
            case TargetEvent.BannerLifted e ->
                    Optional.of(by(e.by(), "took the banner down", e.via()));
            case TargetEvent.Ticked e -> Optional.of(by(e.by(), "saw: " + e.item(), e.via()));
            case TargetEvent.SuiteBegan e ->
                    Optional.of(by(e.by(), "has its suites played", e.via()));
            case TargetEvent.SuiteEnded e -> Optional.of(plain("suites: " + e.seen()));
            case TargetEvent.StandbySeen e ->
                    Optional.of(plain("standby: " + e.readiness().says()));
            case TargetEvent.Reminded e -> Optional.of(plain("people are reminded of it"));
            case TargetEvent.Unlocked e -> Optional.of(by(e.by(), "unlocked", e.via()));
        };
    }

    private static String until(@Nullable Instant until) {
        return until == null ? "" : " until " + until;
    }

    private static Optional<EventWords> seen(TargetEvent.Seen seen, Ledger before, Ledger now) {
        Optional<Release> ran = before.current();
        if (ran.filter(release -> release.id().equals(seen.id())).isPresent()) {
            return Optional.empty();
        }
        String first = before.release(seen.id()).isEmpty() ? ", seen for the first time" : "";
        String was = ran.map(release -> " after " + release.name()).orElse("");
        return Optional.of(plain("runs " + name(now, seen.id()) + was + first));
    }

    private static String name(Ledger ledger, String id) {
        return ledger.release(id).map(Release::name).orElseGet(() -> Say.digests(id));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
