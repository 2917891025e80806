package backout.report;

import backout.plan.Step.Phase;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;

import java.util.Optional;

/** One line for each event that a person following a run wants to see. */
public final class Progress {
    private Progress() {}

    /** Empty for what is no news. {@code run} is the run as it is when it is told. */
    public static Optional<String> line(Run run, RunEvent event) {
        return switch (event) {
            case RunEvent.Requested e -> Optional.of(e.requester() + " asked: " + e.words());
            case RunEvent.Planned e -> Optional.of("plan " + e.plan().hash() + " is made");
            case RunEvent.PlanFailed e -> Optional.of("no plan: " + e.problem());
            case RunEvent.Confirmed e -> Optional.of(e.by() + " confirmed");
            case RunEvent.Voted e -> Optional.of(vote(e));
            case RunEvent.Cancelled e ->
                    Optional.of(
                            e.by()
                                    + " cancelled"
                                    + (e.reason().isEmpty() ? "" : ": " + e.reason()));
            case RunEvent.StepBegan e -> Optional.of(leg(run, e.step(), e.leg()) + " …");
            case RunEvent.ReceiptKept _ -> Optional.empty();
            case RunEvent.StepDone e ->
                    Optional.of(
                            "✓ "
                                    + leg(run, e.step(), e.leg())
                                    + (e.note().isEmpty() ? "" : ": " + e.note()));
            case RunEvent.StepFailed e ->
                    Optional.of(
                            "✗ "
                                    + leg(run, e.step(), e.leg())
                                    + ": "
                                    + e.problem()
                                    + there(e.present()));
            case RunEvent.SwitchBegan e ->
                    Optional.of(
                            e.approvedBy().isEmpty()
                                    ? "the plan still holds, the switch begins"
                                    : "approved by "
                                            + String.join(", ", e.approvedBy())
                                            + "; the plan still holds, the switch begins");
            case RunEvent.PlanChanged e ->
                    Optional.of("the plan changed: " + String.join("; ", e.reasons()));
            case RunEvent.Checked e -> Optional.of(checked(e));
            case RunEvent.Proven e ->
                    Optional.of(
                            e.soakUntil().isAfter(e.at())
                                    ? "PROVEN, soaking for "
                                            + Say.duration(
                                                    java.time.Duration.between(
                                                            e.at(), e.soakUntil()))
                                    : "PROVEN");
            case RunEvent.UndoDecided e ->
                    Optional.of("undo, decided by " + e.by() + ": " + e.why());
            case RunEvent.Asked e -> Optional.of("a person must decide: " + e.why());
            case RunEvent.Answered e ->
                    Optional.of(
                            e.by()
                                    + " answered: "
                                    + e.answer().name().toLowerCase(java.util.Locale.ROOT));
            case RunEvent.Settled e ->
                    e.amiss().isEmpty()
                            ? Optional.empty()
                            : Optional.of("last look: " + String.join("; ", e.amiss()));
            case RunEvent.Finished e -> Optional.of(e.outcome().says());
            case RunEvent.Unreadable e -> Optional.of("written by a newer Backout: " + e.type());
        };
    }

    private static String vote(RunEvent.Voted event) {
        var vote = event.vote();
        return vote.by()
                + (vote.yes() ? " approved" : " denied")
                + (vote.reason().isEmpty() ? "" : ": " + vote.reason());
    }

    private static String leg(Run run, int index, Leg leg) {
        var step = run.step(index);
        String way =
                switch (leg) {
                    case FORWARD -> step.phase() == Phase.PREPARE ? "prepare " : "switch ";
                    case UNDO -> "undo ";
                    case CLEAN_UP -> "clean up ";
                };
        return way + (index + 1) + " " + step.says();
    }

    private static String there(String present) {
        return present.isEmpty() ? "" : " (there now: " + present + ")";
    }

    private static String checked(RunEvent.Checked event) {
        String when =
                switch (event.moment()) {
                    case BASELINE -> "before the switch the service is ";
                    case AFTER_SWITCH -> "after the switch the service is ";
                    case SOAK -> "in the soak the service is ";
                    case AFTER_UNDO -> "after the undo the service is ";
                };
        String downtime =
                event.downtime() == null
                        ? ""
                        : "; it did not answer for " + Say.duration(event.downtime());
        return when
                + event.evidence().finding().name().toLowerCase(java.util.Locale.ROOT)
                + downtime;
    }
}
