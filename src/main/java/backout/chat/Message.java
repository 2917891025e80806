package backout.chat;

import java.util.List;

/**
 * A message as people read it, whichever face shows it.
 *
 * @param summary the whole of it in one line: for notifications, small screens and screen readers
 */
public record Message(String summary, List<Block> blocks) {
    public Message {
        blocks = List.copyOf(blocks);
    }
}
