package backout.store.sql;

import backout.plan.TargetEvent;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.ProposalEvent;
import backout.run.RunEvent;

import java.util.List;

/** The names under which events are stored for ever. */
final class StoredEvents {
    static final List<StoredForm.Type<RunEvent>> OF_RUNS =
            List.of(
                    new StoredForm.Type<>("requested", 1, RunEvent.Requested.class),
                    new StoredForm.Type<>("planned", 1, RunEvent.Planned.class),
                    new StoredForm.Type<>("plan-failed", 1, RunEvent.PlanFailed.class),
                    new StoredForm.Type<>("confirmed", 1, RunEvent.Confirmed.class),
                    new StoredForm.Type<>("voted", 1, RunEvent.Voted.class),
                    new StoredForm.Type<>("votes-lapsed", 1, RunEvent.VotesLapsed.class),
                    new StoredForm.Type<>("cancelled", 1, RunEvent.Cancelled.class),
                    new StoredForm.Type<>("step-began", 1, RunEvent.StepBegan.class),
                    new StoredForm.Type<>("receipt-kept", 1, RunEvent.ReceiptKept.class),
                    new StoredForm.Type<>("step-done", 1, RunEvent.StepDone.class),
                    new StoredForm.Type<>("step-failed", 1, RunEvent.StepFailed.class),
                    new StoredForm.Type<>("switch-began", 1, RunEvent.SwitchBegan.class),
                    new StoredForm.Type<>("plan-changed", 1, RunEvent.PlanChanged.class),
                    new StoredForm.Type<>("checked", 1, RunEvent.Checked.class),
                    new StoredForm.Type<>("barrier-read", 1, RunEvent.BarrierRead.class),
                    new StoredForm.Type<>("proven", 1, RunEvent.Proven.class),
                    new StoredForm.Type<>("undo-decided", 1, RunEvent.UndoDecided.class),
                    new StoredForm.Type<>("asked", 1, RunEvent.Asked.class),
                    new StoredForm.Type<>("answered", 1, RunEvent.Answered.class),
                    new StoredForm.Type<>("settled", 1, RunEvent.Settled.class),
                    new StoredForm.Type<>("finished", 1, RunEvent.Finished.class),
                    new StoredForm.Type<>("taken-up", 1, ProposalEvent.TakenUp.class),
                    new StoredForm.Type<>("held", 1, ProposalEvent.Held.class),
                    new StoredForm.Type<>("obsolete", 1, ProposalEvent.Obsolete.class),
                    new StoredForm.Type<>("left-to-people", 1, ProposalEvent.LeftToPeople.class),
                    new StoredForm.Type<>("paged", 1, CallEvent.Paged.class),
                    new StoredForm.Type<>("nudged", 1, CallEvent.Nudged.class),
                    new StoredForm.Type<>("claimed", 1, CallEvent.Claimed.class),
                    new StoredForm.Type<>("given-back", 1, CallEvent.GivenBack.class),
                    new StoredForm.Type<>("paused", 1, HoldEvent.Paused.class),
                    new StoredForm.Type<>("resumed", 1, HoldEvent.Resumed.class),
                    new StoredForm.Type<>("aborted", 1, HoldEvent.Aborted.class),
                    new StoredForm.Type<>("glass-broken", 1, GlassBroken.class));

    static final List<StoredForm.Type<TargetEvent>> OF_TARGETS =
            List.of(
                    new StoredForm.Type<>("seen", 1, TargetEvent.Seen.class),
                    new StoredForm.Type<>("found-good", 1, TargetEvent.FoundGood.class),
                    new StoredForm.Type<>("files-kept", 1, TargetEvent.FilesKept.class),
                    new StoredForm.Type<>("marked-bad", 1, TargetEvent.MarkedBad.class),
                    new StoredForm.Type<>("cleared", 1, TargetEvent.Cleared.class),
                    new StoredForm.Type<>("looked-for", 1, TargetEvent.LookedFor.class),
                    new StoredForm.Type<>("warned", 1, TargetEvent.Warned.class),
                    new StoredForm.Type<>("locked", 1, TargetEvent.Locked.class),
                    new StoredForm.Type<>("unlocked", 1, TargetEvent.Unlocked.class),
                    new StoredForm.Type<>("frozen", 1, TargetEvent.Frozen.class),
                    new StoredForm.Type<>("thawed", 1, TargetEvent.Thawed.class),
                    new StoredForm.Type<>("banner-lifted", 1, TargetEvent.BannerLifted.class),
                    new StoredForm.Type<>("ticked", 1, TargetEvent.Ticked.class),
                    new StoredForm.Type<>("suite-began", 1, TargetEvent.SuiteBegan.class),
                    new StoredForm.Type<>("suite-ended", 1, TargetEvent.SuiteEnded.class),
                    new StoredForm.Type<>("deployed", 1, TargetEvent.Deployed.class),
                    new StoredForm.Type<>("reminded", 1, TargetEvent.Reminded.class),
                    new StoredForm.Type<>("standby-seen", 1, TargetEvent.StandbySeen.class),
                    new StoredForm.Type<>("felt", 1, TargetEvent.Felt.class),
                    new StoredForm.Type<>("proposed", 1, TargetEvent.Proposed.class),
                    new StoredForm.Type<>("went-back", 1, TargetEvent.WentBack.class),
                    new StoredForm.Type<>("glass-broken", 1, TargetEvent.GlassBroken.class),
                    new StoredForm.Type<>("glass-reviewed", 1, TargetEvent.GlassReviewed.class));

    static final StoredForm<RunEvent> RUN = new StoredForm<>(OF_RUNS);
    static final StoredForm<TargetEvent> TARGET = new StoredForm<>(OF_TARGETS);

    private StoredEvents() {}
}
