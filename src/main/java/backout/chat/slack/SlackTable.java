package backout.chat.slack;

import backout.chat.Block;
import backout.chat.NarrowTable;
import backout.chat.NarrowTable.Item;
import backout.chat.NarrowTable.Shape;
import backout.chat.Words;
import backout.language.Phrase;

import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;

/** A table in rich text. */
record SlackTable(Block.Table table, Words words) {
    /** What Slack shows of a monospaced line on a phone that is held upright. */
    private static final int PHONE = 40;

    JsonObject block(int room) {
        var shown = new NarrowTable(table, words);
        var parts = new ArrayList<JsonObject>();
        if (!shown.title().isEmpty()) {
            parts.add(Kit.section(List.of(Kit.bold(words.cut(shown.title(), room / 2)))));
        }
        if (shown.isEmpty()) {
            parts.add(text(words.say(Phrase.of("– none"))));
        } else {
            parts.addAll(parts(shown.shape(PHONE, room / 2)));
        }
        return Kit.rich(parts);
    }

    private static List<JsonObject> parts(Shape shape) {
        return switch (shape) {
            case Shape.Aligned(var lines) -> List.of(Kit.preformatted(String.join("\n", lines)));
            case Shape.Items(var items, var note) -> {
                var list = Kit.bullets(items.stream().map(SlackTable::item).toList());
                yield note.isEmpty() ? List.of(list) : List.of(list, text(note));
            }
        };
    }

    private static JsonObject item(Item item) {
        return Kit.section(
                item.rest().isEmpty()
                        ? List.of(Kit.bold(item.first()))
                        : List.of(Kit.bold(item.first()), Kit.text("\n" + item.rest())));
    }

    private static JsonObject text(String text) {
        return Kit.section(List.of(Kit.text(text)));
    }
}
