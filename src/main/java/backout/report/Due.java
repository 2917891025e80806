package backout.report;

import backout.report.Posts.Post;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;

/** A message, and its run as it is now: whether people wait for it. */
record Due(Post post, Run run) {
    /** Whether people wait for what is not sent yet; else they may read it a little later. */
    boolean isUrgent() {
        int sent = Math.min(post.shown(), post.told());
        return post.address().isEmpty()
                || run.outcome().isPresent()
                || run.events().stream().skip(sent).anyMatch(Due::isForPeople);
    }

    private static boolean isForPeople(RunEvent event) {
        return switch (event) {
            case RunEvent.Requested _,
                    RunEvent.Planned _,
                    RunEvent.PlanFailed _,
                    RunEvent.PlanChanged _,
                    RunEvent.Confirmed _,
                    RunEvent.Voted _,
                    RunEvent.VotesLapsed _,
                    RunEvent.Cancelled _,
                    RunEvent.Proven _,
                    RunEvent.Asked _,
                    RunEvent.Answered _,
                    RunEvent.Finished _,
                    ProposalEvent _ ->
                    true;
            case RunEvent.StepBegan _,
                    RunEvent.ReceiptKept _,
                    RunEvent.StepDone _,
                    RunEvent.StepFailed _,
                    RunEvent.SwitchBegan _,
                    RunEvent.BarrierRead _,
                    RunEvent.Checked _,
                    RunEvent.UndoDecided _,
                    RunEvent.Settled _,
                    RunEvent.Unreadable _ ->
                    false;
        };
    }
}
