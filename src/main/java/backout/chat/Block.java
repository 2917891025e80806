package backout.chat;

import backout.language.Phrase;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One part of a message. Faces draw it as they can and cut what is too long with a note; they never
 * refuse it.
 */
public sealed interface Block {
    /** The first line: what this is about. */
    record Heading(Phrase text) implements Block {
        public Heading(String text) {
            this(Phrase.verbatim(text));
        }
    }

    /** Plain sentences. */
    record Text(Phrase text) implements Block {
        public Text(String text) {
            this(Phrase.verbatim(text));
        }
    }

    /** Labels with their values. */
    record Fields(List<Field> fields) implements Block {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    record Field(Phrase label, Phrase value) {
        public Field(String label, String value) {
            this(Phrase.verbatim(label), Phrase.verbatim(value));
        }
    }

    /** A list under a title, each line with a mark that says how it stands. */
    record Lines(Phrase title, List<Line> lines) implements Block {
        public Lines {
            lines = List.copyOf(lines);
        }

        public Lines(String title, List<Line> lines) {
            this(Phrase.verbatim(title), lines);
        }
    }

    record Line(Mark mark, Phrase text, Phrase note) {
        public Line(Mark mark, String text, String note) {
            this(mark, Phrase.verbatim(text), Phrase.verbatim(note));
        }
    }

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
    record Table(Phrase title, List<Phrase> headers, List<List<Phrase>> rows) implements Block {
        public Table {
            headers = List.copyOf(headers);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Text to be shown letter by letter: log lines, commands. */
    record Code(Phrase title, List<String> lines) implements Block {
        public Code {
            lines = List.copyOf(lines);
        }

        public Code(String title, List<String> lines) {
            this(Phrase.verbatim(title), lines);
        }
    }

    /**
     * A moment that something waits for, shown as a running clock where the chat has one.
     *
     * @param says what is waited for: "1 vote"
     * @param left how long that was when the message was made, for who cannot show a clock
     */
    record Clock(Phrase says, Instant until, Duration left) implements Block {
        public Clock(String says, Instant until, Duration left) {
            this(Phrase.verbatim(says), until, left);
        }
    }

    /**
     * Calls people so that they notice, where the chat can: a mention.
     *
     * @param people as {@code config/people.yml} names them
     */
    record Call(List<String> people, Phrase says) implements Block {
        public Call {
            people = List.copyOf(people);
        }

        public Call(List<String> people, String says) {
            this(people, Phrase.verbatim(says));
        }
    }

    /** What few people read: ids, hashes. */
    record Small(Phrase text) implements Block {
        public Small(String text) {
            this(Phrase.verbatim(text));
        }
    }

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
