package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.language.Phrase;
import backout.run.LiveProgress;
import backout.run.Run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a step at work says of itself, laid over its line in the card, at a glance and in the
 * details: the journal has no such.
 */
public final class LiveNote {
    private LiveNote() {}

    public static Message over(Message card, Run run, Optional<LiveProgress.Word> word) {
        return word.filter(said -> isAtWork(run, said.step()))
                .map(said -> {
                    Block.Line line = Steps.of(run).get(said.step());
                    var told = new Block.Line(line.mark(), line.text(), said.says());
                    return new Message(
                            card.summary(),
                            over(card.blocks(), Steps.title(run), line, told),
                            over(card.details(), Steps.title(run), line, told));
                })
                .orElse(card);
    }

    private static boolean isAtWork(Run run, int index) {
        return run.planned().filter(it -> index < it.plan().steps().size()).isPresent()
                && Steps.of(run).get(index).mark() == Block.Mark.RUNNING
                && Steps.of(run).get(index).note().isEmpty();
    }

    private static List<Block> over(
            List<Block> blocks, Phrase title, Block.Line line, Block.Line told) {
        return blocks.stream()
                .map(block ->
                        block instanceof Block.Lines steps && steps.title().equals(title)
                                ? new Block.Lines(title, over(steps.lines(), line, told))
                                : block)
                .toList();
    }

    /** At a glance no line stands there for a step that goes well: then it is put there. */
    private static List<Block.Line> over(List<Block.Line> lines, Block.Line line, Block.Line told) {
        return lines.contains(line)
                ? lines.stream().map(one -> one.equals(line) ? told : one).toList()
                : Stream.concat(lines.stream(), Stream.of(told)).toList();
    }
}
