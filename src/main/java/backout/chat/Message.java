package backout.chat;

import backout.language.Language;
import backout.language.Phrase;

import java.util.List;

/**
 * A message as people read it, whichever face shows it.
 *
 * @param summary the whole of it in one line: for notifications, small screens and screen readers
 */
public record Message(Phrase summary, List<Block> blocks) {
    public Message {
        blocks = List.copyOf(blocks);
    }

    /** The same, said in this language. */
    public Message in(Language language) {
        return new Message(
                language.said(summary), blocks.stream().map(block -> block.in(language)).toList());
    }
}
