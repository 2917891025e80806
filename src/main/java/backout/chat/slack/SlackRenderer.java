package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.Block;
import backout.chat.Message;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Language;
import backout.language.Phrase;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A message as Block Kit. Whatever is too long for Slack is cut, with a note of how much. */
final class SlackRenderer {
    /** Of the characters of one block, so that its marks and notes fit in as well. */
    private static final int ROOM = SlackLimits.BLOCK_TEXT - 100;

    private static final int LEAST_ROOM = 100;

    /** Whoever calls more people calls nobody. */
    private static final int MOST_CALLED = 10;

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Function<String, Optional<String>> userOf;
    private final Language language;
    private final Words words;

    /**
     * @param userOf the user id in Slack of somebody in {@code config/people.yml}; empty where they
     *     have none
     */
    SlackRenderer(Function<String, Optional<String>> userOf, Language language) {
        this.userOf = userOf;
        this.language = language;
        this.words = new Words(language);
    }

    /** The one line for notifications, as Slack's own markup. */
    String text(Message message) {
        return escapedWithin(PlainText.line(language.say(message.summary())), SlackLimits.SUMMARY);
    }

    /** Escaping makes it longer. */
    private String escapedWithin(String text, int most) {
        int room = most;
        String escaped = Kit.escaped(words.cut(text, room));
        while (escaped.length() > most) {
            room -= Math.max(1, (escaped.length() - most) / 5);
            escaped = Kit.escaped(words.cut(text, room));
        }
        return escaped;
    }

    String json(Message message) {
        return JSON.toJson(blocks(message));
    }

    /** As many blocks, and as much in each, as Slack takes in one message. */
    JsonArray blocks(Message message) {
        for (int room = ROOM; room >= LEAST_ROOM; room /= 2) {
            List<JsonObject> blocks = atMost(SlackLimits.BLOCKS, blocks(message, room));
            if (fits(blocks)) {
                return Kit.array(blocks);
            }
        }
        List<JsonObject> blocks = blocks(message, LEAST_ROOM);
        int most = Math.min(SlackLimits.BLOCKS, blocks.size()) - 1;
        while (!fits(atMost(most, blocks))) {
            most--;
        }
        return Kit.array(atMost(most, blocks));
    }

    private static boolean fits(List<JsonObject> blocks) {
        return JSON.toJson(Kit.array(blocks)).getBytes(UTF_8).length
                <= SlackLimits.ALL_BLOCKS_BYTES;
    }

    /** Leaves out the middle: what it is about comes first, what can be pressed last. */
    private List<JsonObject> atMost(int most, List<JsonObject> blocks) {
        if (blocks.size() <= most) {
            return blocks;
        }
        int last = Math.min(2, most - 1);
        int first = most - 1 - last;
        var kept = new ArrayList<>(blocks.subList(0, first));
        int left = blocks.size() - first - last;
        kept.add(
                Kit.context(
                        Kit.plain(
                                words.say(
                                        Phrase.count(
                                                left, "… {0} more part", "… {0} more parts")))));
        kept.addAll(blocks.subList(blocks.size() - last, blocks.size()));
        return kept;
    }

    private List<JsonObject> blocks(Message message, int room) {
        var blocks = new ArrayList<JsonObject>();
        message.in(language).blocks().forEach(block -> blocks.addAll(blocks(block, room)));
        return blocks;
    }

    private List<JsonObject> blocks(Block block, int room) {
        return switch (block) {
            case Block.Heading(Phrase text) ->
                    List.of(
                            Kit.header(
                                    PlainText.brief(
                                            filled(PlainText.line(text.toString())),
                                            SlackLimits.HEADER)));
            case Block.Text(Phrase text) ->
                    List.of(
                            rich(
                                    Kit.text(
                                            words.cut(
                                                    PlainText.lines(text.toString()).strip(),
                                                    room))));
            case Block.Fields(List<Block.Field> fields) ->
                    fields.isEmpty() ? List.of() : List.of(fields(fields, room));
            case Block.Lines(Phrase title, List<Block.Line> lines) ->
                    List.of(lines(title.toString(), lines, room));
            case Block.Table table -> List.of(new SlackTable(table, words).block(room));
            case Block.Code(Phrase title, List<Phrase> lines) ->
                    List.of(code(title.toString(), lines, room));
            case Block.Clock(Phrase says, Instant until, Phrase left) ->
                    List.of(clock(says.toString(), until, left.toString()));
            case Block.Call(List<String> people, Phrase says) ->
                    List.of(call(people, says.toString(), room));
            case Block.Small(Phrase text) ->
                    List.of(
                            Kit.context(
                                    Kit.plain(
                                            words.cut(
                                                    filled(PlainText.line(text.toString())),
                                                    Math.min(room, SlackLimits.CONTEXT)))));
            case Block.Buttons(var buttons) -> new SlackButtons(words).blocks(buttons);
        };
    }

    private static String filled(String text) {
        return text.isBlank() ? "–" : text;
    }

    private static JsonObject rich(JsonObject... texts) {
        return Kit.rich(List.of(Kit.section(List.of(texts))));
    }

    private JsonObject fields(List<Block.Field> fields, int room) {
        int each = Math.max(40, room / fields.size());
        var texts = new ArrayList<JsonObject>();
        int shown = 0;
        int used = 0;
        for (Block.Field field : fields) {
            String label =
                    words.cut(PlainText.line(field.label().toString()), Math.max(30, each / 2));
            String value = words.cut(PlainText.line(field.value().toString()), each);
            used += label.length() + value.length();
            if (shown > 0 && used > room) {
                break;
            }
            texts.add(Kit.bold((shown == 0 ? "" : "\n") + label));
            texts.add(Kit.text("  " + value));
            shown++;
        }
        if (shown < fields.size()) {
            texts.add(Kit.text("\n" + words.moreLines(fields.size() - shown)));
        }
        return Kit.rich(List.of(Kit.section(texts)));
    }

    private JsonObject lines(String title, List<Block.Line> lines, int room) {
        var texts = new ArrayList<JsonObject>();
        String heading = words.cut(PlainText.line(title), room / 2);
        if (!heading.isEmpty()) {
            texts.add(Kit.bold(heading));
        }
        var shown =
                words.first(lines.stream().map(line -> line(line, room / 2)).toList(), room / 2);
        if (!shown.isEmpty()) {
            texts.add(Kit.text((heading.isEmpty() ? "" : "\n") + String.join("\n", shown)));
        }
        return Kit.rich(List.of(Kit.section(texts.isEmpty() ? List.of(Kit.text("–")) : texts)));
    }

    private String line(Block.Line line, int room) {
        String note = PlainText.line(line.note().toString());
        String text = PlainText.line(line.text().toString()) + (note.isEmpty() ? "" : " — " + note);
        return line.mark().sign() + " " + words.cut(text, room);
    }

    /** Of a log the end says most. */
    private JsonObject code(String title, List<Phrase> lines, int room) {
        var parts = new ArrayList<JsonObject>();
        String heading = words.cut(PlainText.line(title), room / 2);
        if (!heading.isEmpty()) {
            parts.add(Kit.section(List.of(Kit.bold(heading))));
        }
        var shown =
                words.last(
                        lines.stream()
                                .map(line -> words.cut(PlainText.line(line.toString()), room / 2))
                                .toList(),
                        room / 2);
        parts.add(Kit.preformatted(String.join("\n", shown)));
        return Kit.rich(parts);
    }

    /** Who has no account in Slack is named and not called. */
    private JsonObject call(List<String> people, String says, int room) {
        var texts = new ArrayList<JsonObject>();
        for (String person : people.subList(0, Math.min(people.size(), MOST_CALLED))) {
            texts.add(
                    userOf.apply(person)
                            .map(Kit::user)
                            .orElseGet(
                                    () -> Kit.text(PlainText.brief(PlainText.line(person), 40))));
            texts.add(Kit.text(" "));
        }
        int left = people.size() - MOST_CALLED;
        String asked = words.cut(PlainText.line(says), room / 2);
        texts.add(
                Kit.bold(left > 0 ? words.say(Phrase.of("and {0} more {1}", left, asked)) : asked));
        return Kit.rich(List.of(Kit.section(texts)));
    }

    /** Slack counts down by itself and in the reader's own zone. */
    private JsonObject clock(String says, Instant until, String left) {
        String fallback = PlainText.line(left).replaceAll("[|^]", " ");
        return Kit.context(
                Kit.plain(words.say(Phrase.of("⏳ {0}:", words.cut(PlainText.line(says), 300)))),
                Kit.formatted(
                        "<!date^"
                                + until.getEpochSecond()
                                + "^{time} ({ago})|"
                                + Kit.escaped(PlainText.brief(fallback, 100))
                                + ">"));
    }
}
