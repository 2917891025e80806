package backout.report;

import backout.chat.Block;
import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
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
            case Next.MakePlan _ ->
                    line(Phrase.of("Makes the plan; nothing is done before it is confirmed"));
            case Next.Perform(int step, Leg leg) -> line(performing(run, step, leg));
            case Next.Check(Moment moment) -> line(checking(moment));
            case Next.Barrier(TargetName target) ->
                    line(Phrase.of("Reads {0} before the next one is switched", target));
            case Next.BeginSwitch _ ->
                    line(
                            run.plan().indexes(Phase.BEFORE_SWITCH).isEmpty()
                                    ? Phrase.of("Looks whether the plan still holds")
                                    : Phrase.of(
                                            "Looks whether the plan still holds, and runs the"
                                                    + " hooks before the switch"));
            case Next.Prove _, Next.Settle _ -> line(Phrase.of("Takes a last look"));
            case Next.Undo(String by, Phrase why) -> line(undoing(run, by, why));
            case Next.Soak _ ->
                    block(Mark.DONE, Phrase.of("Proven; its checks go on until the soak is over"));
            case Next.Halt(Phrase why) -> block(Mark.UNKNOWN, Phrase.of("Halted: {0}", why));
            case Next.TakeUp _ -> line(Phrase.of("Looks whether the service is still unwell"));
            case Next.Wait _, Next.Call _, Next.Ask _, Next.Finish _, Next.Nothing _ ->
                    Optional.empty();
        };
    }

    private static Phrase performing(Run run, int step, Leg leg) {
        Step performed = run.plan().steps().get(step);
        if (Hooks.is(performed)) {
            return Phrase.of("Runs a {0}", performed.says());
        }
        boolean felt = performed.phase() == Phase.SWITCH;
        return switch (leg) {
            case FORWARD ->
                    felt
                            ? Phrase.of("Switches: this is the downtime")
                            : Phrase.of("Prepares; the service feels nothing");
            case UNDO ->
                    run.events().stream()
                            .filter(RunEvent.UndoDecided.class::isInstance)
                            .map(RunEvent.UndoDecided.class::cast)
                            .findFirst()
                            .map(decided -> undoing(run, decided.by(), decided.why()))
                            .orElse(Phrase.of("Takes the rollback back"));
            case CLEAN_UP -> Phrase.of("Cleans up");
        };
    }

    /** At night somebody asks first: why, and what runs then. */
    private static Phrase undoing(Run run, String by, Phrase why) {
        String from = run.plan().from().name();
        return by.equals("backout")
                ? Phrase.of(
                        "Takes the rollback back: {0} will run again. Why: {1}",
                        from, Say.check(why))
                : Phrase.of(
                        "Takes the rollback back: {0} will run again. {1} decided it. Why: {2}",
                        from, by, Say.check(why));
    }

    private static Phrase checking(Moment moment) {
        return switch (moment) {
            case BASELINE -> Phrase.of("Notes how the service is before the switch");
            case AFTER_SWITCH -> Phrase.of("Switched; looks whether the service is well");
            case SOAK -> Phrase.of("Looks once more at the end of the soak");
            case AFTER_UNDO -> Phrase.of("Taken back; looks whether the service is well");
        };
    }

    private static Optional<Block> line(Phrase says) {
        return block(Mark.RUNNING, says);
    }

    private static Optional<Block> block(Mark mark, Phrase says) {
        return Optional.of(
                new Block.Lines(Phrase.NONE, List.of(new Line(mark, says, Phrase.NONE))));
    }
}
