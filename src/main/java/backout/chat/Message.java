package backout.chat;

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

    public Message(String summary, List<Block> blocks) {
        this(Phrase.verbatim(summary), blocks);
    }
}
