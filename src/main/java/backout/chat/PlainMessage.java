package backout.chat;

import backout.language.Phrase;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A message as text alone, for who draws nothing: no text of strangers begins a line of ours. */
public final class PlainMessage {
    private PlainMessage() {}

    /**
     * Its lines, what cannot be pressed there left out.
     *
     * @param message already in the reader's language
     */
    public static List<String> lines(Message message) {
        var lines = new ArrayList<String>();
        Stream.concat(message.blocks().stream(), message.details().stream())
                .flatMap(block -> phrases(block).stream())
                .map(phrase -> PlainText.line(phrase.toString()))
                .forEach(lines::add);
        return lines;
    }

    private static List<Phrase> phrases(Block block) {
        return switch (block) {
            case Block.Heading(Phrase text) -> List.of(text);
            case Block.Text(Phrase text) -> List.of(text);
            case Block.Small(Phrase text) -> List.of(text);
            case Block.Fields(List<Block.Field> fields) ->
                    fields.stream()
                            .map(field -> Phrase.of("{0}: {1}", field.label(), field.value()))
                            .toList();
            case Block.Lines(Phrase title, List<Block.Line> list) ->
                    titled(title, list.stream().map(PlainMessage::line).toList());
            case Block.Table table ->
                    titled(
                            table.title(),
                            table.texts().stream().map(row -> Phrase.joined(" | ", row)).toList());
            case Block.Code(Phrase title, List<Phrase> code) -> titled(title, code);
            case Block.Clock(Phrase says, Instant _, Phrase left) ->
                    List.of(Phrase.of("{0}: {1}", says, left));
            case Block.Call(List<String> people, Phrase says) ->
                    List.of(Phrase.of("{0}: {1}", people, says));
            case Block.Buttons _ -> List.of();
        };
    }

    private static Phrase line(Block.Line line) {
        return line.note().isEmpty()
                ? line.text()
                : Phrase.of("{0} — {1}", line.text(), line.note());
    }

    private static List<Phrase> titled(Phrase title, List<Phrase> below) {
        return Stream.concat(Stream.of(title).filter(text -> !text.isEmpty()), below.stream())
                .toList();
    }
}
