package backout.chat;

import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.ArrayList;
import java.util.List;

/**
 * A message as people read it, whichever face shows it.
 *
 * @param summary the whole of it in one line: for notifications, small screens and screen readers
 * @param details what is not needed at a glance: folded where a face can fold; a chat tells it in
 *     the thread instead
 */
public record Message(Phrase summary, List<Block> blocks, List<Block> details) {
    public Message {
        blocks = List.copyOf(blocks);
        details = List.copyOf(details);
    }

    /** One that says everything at once. */
    public Message(Phrase summary, List<Block> blocks) {
        this(summary, blocks, List.of());
    }

    /** A sentence alone. */
    public static Message line(Phrase text) {
        return new Message(text, List.of(new Block.Text(text)));
    }

    /** What does not work and why, and what to do next. */
    public static Message refusal(Problem problem) {
        Phrase says =
                problem.where().isEmpty()
                        ? problem.what()
                        : Phrase.of("{0}: {1}", problem.where(), problem.what());
        var what =
                new Block.Lines(
                        Phrase.NONE,
                        List.of(new Block.Line(Block.Mark.WARNING, says, Phrase.NONE)));
        return new Message(
                problem.phrase(),
                problem.next().isEmpty()
                        ? List.of(what)
                        : List.of(what, new Block.Text(Phrase.of("→ {0}", problem.next()))));
    }

    /** The same with a warning before all but its heading. */
    public Message saying(Phrase warning) {
        var line = new Block.Line(Block.Mark.WARNING, warning, Phrase.NONE);
        var more = new ArrayList<>(blocks);
        more.add(Math.min(1, more.size()), new Block.Lines(Phrase.NONE, List.of(line)));
        return new Message(summary, more, details);
    }

    /** The same, said in this language. */
    public Message in(Language language) {
        return new Message(language.said(summary), said(blocks, language), said(details, language));
    }

    private static List<Block> said(List<Block> blocks, Language language) {
        return blocks.stream().map(block -> block.in(language)).toList();
    }
}
