package backout.chat;

import backout.language.Language;
import backout.language.Phrase;

import java.time.Instant;
import java.util.List;

/**
 * One part of a message. Faces draw it as they can and cut what is too long with a note; they never
 * refuse it.
 */
public sealed interface Block {
    /** The same, said in this language. */
    default Block in(Language language) {
        return switch (this) {
            case Heading(Phrase text) -> new Heading(language.said(text));
            case Text(Phrase text) -> new Text(language.said(text));
            case Fields(List<Field> fields) ->
                    new Fields(
                            fields.stream()
                                    .map(one ->
                                            new Field(
                                                    language.said(one.label()),
                                                    language.said(one.value())))
                                    .toList());
            case Lines(Phrase title, List<Line> lines) ->
                    new Lines(
                            language.said(title),
                            lines.stream()
                                    .map(one ->
                                            new Line(
                                                    one.mark(),
                                                    language.said(one.text()),
                                                    language.said(one.note())))
                                    .toList());
            case Table(Phrase title, List<Phrase> headers, List<List<Cell>> rows) ->
                    new Table(
                            language.said(title),
                            headers.stream().map(language::said).toList(),
                            rows.stream()
                                    .map(row ->
                                            row.stream().map(cell -> cell.in(language)).toList())
                                    .toList());
            case Code(Phrase title, List<Phrase> lines) ->
                    new Code(language.said(title), lines.stream().map(language::said).toList());
            case Clock(Phrase says, Instant until, Phrase left) ->
                    new Clock(language.said(says), until, language.said(left));
            case Call(List<String> people, Phrase says) -> new Call(people, language.said(says));
            case Small(Phrase text) -> new Small(language.said(text));
            case Buttons(List<Button> buttons) ->
                    new Buttons(buttons.stream().map(button -> button.in(language)).toList());
        };
    }

    /** The first line: what this is about. */
    record Heading(Phrase text) implements Block {}

    /** Plain sentences. */
    record Text(Phrase text) implements Block {}

    /** Labels with their values. */
    record Fields(List<Field> fields) implements Block {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    record Field(Phrase label, Phrase value) {}

    /** A list under a title, each line with a mark that says how it stands. */
    record Lines(Phrase title, List<Line> lines) implements Block {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    record Line(Mark mark, Phrase text, Phrase note) {}

    /** How one line stands. */
    enum Mark {
        TO_DO,
        RUNNING,
        DONE,
        FAILED,
        UNKNOWN,
        WARNING,
        NONE;

        /** As chats draw it. */
        public String sign() {
            return switch (this) {
                case TO_DO -> "▫️";
                case RUNNING -> "⏳";
                case DONE -> "✅";
                case FAILED -> "❌";
                case UNKNOWN -> "❓";
                case WARNING -> "⚠️";
                case NONE -> "•";
            };
        }
    }

    /** Rows of cells under headers; every row has as many cells as there are headers. */
    record Table(Phrase title, List<Phrase> headers, List<List<Cell>> rows) implements Block {
        public Table {
            headers = List.copyOf(headers);
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** One whose cells are plain texts. */
        public static Table of(Phrase title, List<Phrase> headers, List<List<Phrase>> rows) {
            return new Table(
                    title,
                    headers,
                    rows.stream().map(row -> row.stream().map(Cell::of).toList()).toList());
        }

        /** For who draws no marks. */
        public List<List<Phrase>> texts() {
            return rows.stream().map(row -> row.stream().map(Cell::text).toList()).toList();
        }
    }

    /** One cell of a table, and how it stands; most stand for nothing. */
    record Cell(Phrase text, Mark mark) {
        public static Cell of(Phrase text) {
            return new Cell(text, Mark.NONE);
        }

        private Cell in(Language language) {
            return new Cell(language.said(text), mark);
        }
    }

    /** Text to be shown letter by letter: log lines, commands. */
    record Code(Phrase title, List<Phrase> lines) implements Block {
        public Code {
            lines = List.copyOf(lines);
        }

        /** The same in every language. */
        public static Code of(Phrase title, List<String> lines) {
            return new Code(title, lines.stream().map(Phrase::verbatim).toList());
        }
    }

    /**
     * A moment that something waits for, shown as a running clock where the chat has one.
     *
     * @param says what is waited for: "1 vote"
     * @param left how long that was when the message was made, for who cannot show a clock
     */
    record Clock(Phrase says, Instant until, Phrase left) implements Block {}

    /**
     * Calls people so that they notice, where the chat can: a mention.
     *
     * @param people as {@code config/people.yml} names them
     */
    record Call(List<String> people, Phrase says) implements Block {
        public Call {
            people = List.copyOf(people);
        }
    }

    /** What few people read: ids, hashes. */
    record Small(Phrase text) implements Block {}

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
