package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.run.LiveProgress;
import backout.run.Run;

import java.util.List;
import java.util.Optional;

/** What a step at work says of itself, laid over its line in the card: the journal has no such. */
public final class LiveNote {
    private LiveNote() {}

    public static Message over(Message card, Run run, Optional<LiveProgress.Word> word) {
        return word.filter(said -> isStep(run, said.step()))
                .map(said -> {
                    Phrase line = Steps.text(run.plan(), said.step());
                    List<Block> blocks =
                            card.blocks().stream()
                                    .map(block -> over(block, line, said.says()))
                                    .toList();
                    return new Message(card.summary(), blocks);
                })
                .orElse(card);
    }

    private static boolean isStep(Run run, int index) {
        return run.planned().filter(it -> index < it.plan().steps().size()).isPresent();
    }

    private static Block over(Block block, Phrase step, Phrase says) {
        return block instanceof Block.Lines(Phrase title, List<Block.Line> lines)
                ? new Block.Lines(title, lines.stream().map(one -> over(one, step, says)).toList())
                : block;
    }

    private static Block.Line over(Block.Line line, Phrase step, Phrase says) {
        boolean isMeant =
                line.mark() == Block.Mark.RUNNING
                        && line.text().equals(step)
                        && line.note().isEmpty();
        return isMeant ? new Block.Line(line.mark(), line.text(), says) : line;
    }
}
