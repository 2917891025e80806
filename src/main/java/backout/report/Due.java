package backout.report;

import backout.report.Posts.Post;
import backout.run.CallEvent;
import backout.run.GlassBroken;
import backout.run.HoldEvent;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;

import java.util.stream.Stream;

/** A message, and its run as it is now: what it lacks, and whether people wait for that. */
record Due(Post post, Run run) {
    /** A call of the chat; what is seen at a glance comes before what is read below it. */
    enum Call {
        POST,
        EDIT,
        REPLY
    }

    /** The next one that it needs. */
    Call call() {
        if (post.address().isEmpty()) {
            return Call.POST;
        }
        return post.shown() < run.version() ? Call.EDIT : Call.REPLY;
    }

    /** The channel that this call goes to, and the thread where it goes to one. */
    Stream<String> places() {
        Stream<String> channel = Stream.of(post.place().channel());
        return call() == Call.REPLY ? Stream.concat(channel, post.address().stream()) : channel;
    }

    /** Whether people wait for what is not sent yet; else they may read it a little later. */
    boolean isUrgent() {
        int sent = Math.min(post.shown(), post.told());
        return post.address().isEmpty()
                || run.outcome().isPresent()
                || run.events().stream().skip(sent).anyMatch(Due::isForPeople);
    }

    private static boolean isForPeople(RunEvent event) {
        return switch (event) {
            case CallEvent _,
                    HoldEvent _,
                    GlassBroken _,
                    RunEvent.Requested _,
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
