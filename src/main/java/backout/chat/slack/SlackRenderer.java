package backout.chat.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.Block;
import backout.chat.Block.Mark;
import backout.chat.Message;
import backout.report.Say;

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

    /**
     * @param userOf the user id in Slack of somebody in {@code config/people.yml}; empty where they
     *     have none
     */
    SlackRenderer(Function<String, Optional<String>> userOf) {
        this.userOf = userOf;
    }

    /** The one line for notifications, as Slack's own markup. */
    static String text(Message message) {
        return escapedWithin(SlackText.line(message.summary()), SlackLimits.SUMMARY);
    }

    /** Escaping makes it longer. */
    private static String escapedWithin(String text, int most) {
        int room = most;
        String escaped = SlackText.escaped(SlackText.cut(text, room));
        while (escaped.length() > most) {
            room -= Math.max(1, (escaped.length() - most) / 5);
            escaped = SlackText.escaped(SlackText.cut(text, room));
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
    private static List<JsonObject> atMost(int most, List<JsonObject> blocks) {
        if (blocks.size() <= most) {
            return blocks;
        }
        int last = Math.min(2, most - 1);
        int first = most - 1 - last;
        var kept = new ArrayList<>(blocks.subList(0, first));
        int left = blocks.size() - first - last;
        kept.add(Kit.context(Kit.plain("… " + Say.count(left, "more part"))));
        kept.addAll(blocks.subList(blocks.size() - last, blocks.size()));
        return kept;
    }

    private List<JsonObject> blocks(Message message, int room) {
        var blocks = new ArrayList<JsonObject>();
        message.blocks().forEach(block -> blocks.addAll(blocks(block, room)));
        return blocks;
    }

    private List<JsonObject> blocks(Block block, int room) {
        return switch (block) {
            case Block.Heading(String text) ->
                    List.of(
                            Kit.header(
                                    SlackText.brief(
                                            filled(SlackText.line(text)), SlackLimits.HEADER)));
            case Block.Text(String text) ->
                    List.of(rich(Kit.text(SlackText.cut(SlackText.lines(text).strip(), room))));
            case Block.Fields(List<Block.Field> fields) ->
                    fields.isEmpty() ? List.of() : List.of(fields(fields, room));
            case Block.Lines(String title, List<Block.Line> lines) ->
                    List.of(lines(title, lines, room));
            case Block.Table table -> List.of(new SlackTable(table).block(room));
            case Block.Code(String title, List<String> lines) -> List.of(code(title, lines, room));
            case Block.Clock(String says, Instant until, String left) ->
                    List.of(clock(says, until, left));
            case Block.Call(List<String> people, String says) -> List.of(call(people, says, room));
            case Block.Small(String text) ->
                    List.of(
                            Kit.context(
                                    Kit.plain(
                                            SlackText.cut(
                                                    filled(SlackText.line(text)),
                                                    Math.min(room, SlackLimits.CONTEXT)))));
            case Block.Buttons(var buttons) -> SlackButtons.blocks(buttons);
        };
    }

    private static String filled(String text) {
        return text.isBlank() ? "–" : text;
    }

    private static JsonObject rich(JsonObject... texts) {
        return Kit.rich(List.of(Kit.section(List.of(texts))));
    }

    private static JsonObject fields(List<Block.Field> fields, int room) {
        int each = Math.max(40, room / fields.size());
        var texts = new ArrayList<JsonObject>();
        int shown = 0;
        int used = 0;
        for (Block.Field field : fields) {
            String label = SlackText.cut(SlackText.line(field.label()), Math.max(30, each / 2));
            String value = SlackText.cut(SlackText.line(field.value()), each);
            used += label.length() + value.length();
            if (shown > 0 && used > room) {
                break;
            }
            texts.add(Kit.bold((shown == 0 ? "" : "\n") + label));
            texts.add(Kit.text("  " + value));
            shown++;
        }
        if (shown < fields.size()) {
            texts.add(Kit.text("\n… " + Say.count(fields.size() - shown, "more line")));
        }
        return Kit.rich(List.of(Kit.section(texts)));
    }

    private static JsonObject lines(String title, List<Block.Line> lines, int room) {
        var texts = new ArrayList<JsonObject>();
        String heading = SlackText.cut(SlackText.line(title), room / 2);
        if (!heading.isEmpty()) {
            texts.add(Kit.bold(heading));
        }
        var shown =
                Excerpt.first(lines.stream().map(line -> line(line, room / 2)).toList(), room / 2);
        if (!shown.isEmpty()) {
            texts.add(Kit.text((heading.isEmpty() ? "" : "\n") + String.join("\n", shown)));
        }
        return Kit.rich(List.of(Kit.section(texts.isEmpty() ? List.of(Kit.text("–")) : texts)));
    }

    private static String line(Block.Line line, int room) {
        String note = SlackText.line(line.note());
        String text = SlackText.line(line.text()) + (note.isEmpty() ? "" : " — " + note);
        return sign(line.mark()) + " " + SlackText.cut(text, room);
    }

    private static String sign(Mark mark) {
        return switch (mark) {
            case TO_DO -> "▫️";
            case RUNNING -> "⏳";
            case DONE -> "✅";
            case FAILED -> "❌";
            case UNKNOWN -> "❓";
            case WARNING -> "⚠️";
            case NONE -> "•";
        };
    }

    /** Of a log the end says most. */
    private static JsonObject code(String title, List<String> lines, int room) {
        var parts = new ArrayList<JsonObject>();
        String heading = SlackText.cut(SlackText.line(title), room / 2);
        if (!heading.isEmpty()) {
            parts.add(Kit.section(List.of(Kit.bold(heading))));
        }
        var shown =
                Excerpt.last(
                        lines.stream()
                                .map(line -> SlackText.cut(SlackText.line(line), room / 2))
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
                                    () -> Kit.text(SlackText.brief(SlackText.line(person), 40))));
            texts.add(Kit.text(" "));
        }
        int left = people.size() - MOST_CALLED;
        String more = left > 0 ? "and " + left + " more " : "";
        texts.add(Kit.bold(more + SlackText.cut(SlackText.line(says), room / 2)));
        return Kit.rich(List.of(Kit.section(texts)));
    }

    /** Slack counts down by itself and in the reader's own zone. */
    private static JsonObject clock(String says, Instant until, String left) {
        String fallback = SlackText.line(left).replaceAll("[|^]", " ") + " left";
        return Kit.context(
                Kit.plain("⏳ " + SlackText.cut(SlackText.line(says), 300) + ":"),
                Kit.formatted(
                        "<!date^"
                                + until.getEpochSecond()
                                + "^{time} ({ago})|"
                                + SlackText.escaped(SlackText.brief(fallback, 100))
                                + ">"));
    }
}
