package backout.chat;

import java.time.Instant;
import java.util.List;

/**
 * One part of a message. Faces draw it as they can and cut what is too long with a note; they never
 * refuse it.
 */
public sealed interface Block {
    /** The first line: what this is about. */
    record Heading(String text) implements Block {}

    /** Plain sentences. */
    record Text(String text) implements Block {}

    /** Labels with their values. */
    record Fields(List<Field> fields) implements Block {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    record Field(String label, String value) {}

    /** A list under a title, each line with a mark that says how it stands. */
    record Lines(String title, List<Line> lines) implements Block {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    record Line(Mark mark, String text, String note) {}

    /** How one line stands. */
    enum Mark {
        TO_DO,
        RUNNING,
        DONE,
        FAILED,
        UNKNOWN,
        WARNING,
        NONE
    }

    /** Rows of cells under headers; every row has as many cells as there are headers. */
    record Table(String title, List<String> headers, List<List<String>> rows) implements Block {
        public Table {
            headers = List.copyOf(headers);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Text to be shown letter by letter: log lines, commands. */
    record Code(String title, List<String> lines) implements Block {
        public Code {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A moment that something waits for, shown as a running clock where the chat has one.
     *
     * @param says what is waited for: "1 vote"
     * @param left how long that was when the message was made, for who cannot show a clock
     */
    record Clock(String says, Instant until, String left) implements Block {}

    /**
     * Calls people so that they notice, where the chat can: a mention.
     *
     * @param people as {@code config/people.yml} names them
     */
    record Call(List<String> people, String says) implements Block {
        public Call {
            people = List.copyOf(people);
        }
    }

    /** What few people read: ids, hashes. */
    record Small(String text) implements Block {}

    /**
     * What can be pressed now, the most likely first. Chats show {@link #SHOWN} of them and the
     * rest behind "⋯"; a terminal shows none, there people type.
     */
    record Buttons(List<Button> buttons) implements Block {
        /** More than three make people press the wrong one. */
        public static final int SHOWN = 3;

        public Buttons {
            buttons = List.copyOf(buttons);
        }
    }
}
