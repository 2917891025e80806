package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Step.Phase;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run is at work on just now, in one sentence. */
final class Doing {
    private Doing() {}

    /** Empty where it waits for people or is over: then the card says that. */
    static Optional<Block> block(Run run, Instant now) {
        return switch (run.next(now)) {
            case Next.MakePlan _ -> line("Makes the plan; nothing is done before it is confirmed");
            case Next.Perform(int step, Leg leg) -> line(performing(run, step, leg));
            case Next.Check(Moment moment) -> line(checking(moment));
            case Next.BeginSwitch _ -> line("Looks whether the plan still holds");
            case Next.Prove _, Next.Settle _ -> line("Takes a last look");
            case Next.Undo(String by, String why) -> line(undoing(run, by, why));
            case Next.Soak _ -> block(Mark.DONE, "Proven; its checks go on until the soak is over");
            case Next.Halt(String why) -> block(Mark.UNKNOWN, "Halted: " + why);
            case Next.Wait _, Next.Ask _, Next.Finish _, Next.Nothing _ -> Optional.empty();
        };
    }

    private static String performing(Run run, int step, Leg leg) {
        boolean felt = run.plan().steps().get(step).phase() == Phase.SWITCH;
        return switch (leg) {
            case FORWARD ->
                    felt ? "Switches: this is the downtime" : "Prepares; the service feels nothing";
            case UNDO ->
                    run.events().stream()
                            .filter(RunEvent.UndoDecided.class::isInstance)
                            .map(RunEvent.UndoDecided.class::cast)
                            .findFirst()
                            .map(decided -> undoing(run, decided.by(), decided.why()))
                            .orElse("Takes the rollback back");
            case CLEAN_UP -> "Cleans up";
        };
    }

    /** At night somebody asks first: why, and what runs then. */
    private static String undoing(Run run, String by, String why) {
        String who = by.equals("backout") ? "" : " " + by + " decided it.";
        return "Takes the rollback back: "
                + run.plan().from().name()
                + " will run again."
                + who
                + " Why: "
                + Say.check(why);
    }

    private static String checking(Moment moment) {
        return switch (moment) {
            case BASELINE -> "Notes how the service is before the switch";
            case AFTER_SWITCH -> "Switched; looks whether the service is well";
            case SOAK -> "Looks once more at the end of the soak";
            case AFTER_UNDO -> "Taken back; looks whether the service is well";
        };
    }

    private static Optional<Block> line(String says) {
        return block(Mark.RUNNING, says);
    }

    private static Optional<Block> block(Mark mark, String says) {
        return Optional.of(
                new Block.Lines(Phrase.NONE, List.of(new Line(mark, says, Phrase.NONE))));
    }
}
