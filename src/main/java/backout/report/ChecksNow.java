package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.Target;
import backout.run.Evidence;
import backout.run.Glance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the checks of a target say now, as a table. */
public final class ChecksNow {
    private ChecksNow() {}

    /**
     * @param remark what to know besides; {@link Phrase#NONE} for nothing
     * @param byHand what people saw, below it
     */
    public static Message of(Target target, Glance glance, Phrase remark, List<Block> byHand) {
        Evidence evidence = glance.evidence();
        Phrase heading = Phrase.of("{0} is {1}", target.shown(), evidence.finding().says());
        var rows = new ArrayList<List<Block.Cell>>();
        for (int i = 0; i < evidence.rows().size(); i++) {
            rows.add(cells(evidence.rows().get(i), glance.took().get(i)));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(heading));
        blocks.add(
                new Block.Table(
                        Phrase.of("The checks, read once just now"),
                        List.of(
                                Phrase.of("check"),
                                Phrase.of("seen"),
                                Phrase.of("verdict"),
                                Phrase.of("took")),
                        rows));
        if (!remark.equals(Phrase.NONE)) {
            blocks.add(new Block.Text(remark));
        }
        blocks.add(new Block.Text(next(target, evidence)));
        blocks.addAll(byHand);
        return new Message(heading, blocks);
    }

    private static List<Block.Cell> cells(Evidence.Row row, Duration took) {
        return List.of(
                Block.Cell.of(Phrase.verbatim(Say.check(row.check()))),
                Block.Cell.of(Say.digests(row.seen())),
                Proof.verdict(row),
                Block.Cell.of(took.isZero() ? Phrase.NONE : Phrase.of("{0}", took)));
    }

    private static Phrase next(Target target, Evidence evidence) {
        return switch (evidence.finding()) {
            case WELL -> Phrase.of("Nothing was changed.");
            case UNWELL ->
                    Phrase.of(
                            "Nothing was changed. What a rollback would do is said by: plan {0}"
                                    + " {1}",
                            target.name().kind(), target.name().name());
            case UNKNOWN ->
                    Phrase.of(
                            "Nothing was changed. What is unknown is not well: no rollback would"
                                    + " count as proven while a check that decides cannot look.");
        };
    }
}
