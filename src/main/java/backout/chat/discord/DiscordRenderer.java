package backout.chat.discord;

import backout.chat.Block;
import backout.chat.Message;
import backout.chat.NarrowTable;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Language;
import backout.language.Phrase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A message as one container of components. Whatever is too long for Discord is cut, with a note of
 * how much.
 */
final class DiscordRenderer {
    /** Of the characters of one block at first; all together must fit. */
    static final int ROOM = 3000;

    private static final int LEAST_ROOM = 60;

    /** Whoever calls more people calls nobody. */
    private static final int MOST_CALLED = 10;

    /** What Discord shows of a monospaced line on a phone that is held upright. */
    private static final int PHONE = 40;

    private static final int AMBER = 0xE5A50A;
    private static final int RED = 0xC01C28;

    private final Function<String, Optional<String>> userOf;
    private final Language language;
    private final Words words;

    /**
     * @param userOf the user id in Discord of somebody in {@code config/people.yml}; empty where
     *     they have none
     */
    DiscordRenderer(Function<String, Optional<String>> userOf, Language language) {
        this.userOf = userOf;
        this.language = language;
        this.words = new Words(language);
    }

    /** All that Discord needs of a message but where it goes. */
    ObjectNode body(Message message) {
        ObjectNode body = Kit.object().put("flags", Kit.COMPONENTS_V2);
        body.set("components", Kit.array(List.of(container(message))));
        body.set("allowed_mentions", Kit.mentions(called(message)));
        return body;
    }

    /** The ids of those whom it calls. */
    List<String> called(Message message) {
        return message.blocks().stream()
                .flatMap(block ->
                        block instanceof Block.Call(var people, Phrase _)
                                ? people.stream().limit(MOST_CALLED)
                                : Stream.empty())
                .flatMap(person -> userOf.apply(person).stream())
                .distinct()
                .toList();
    }

    /** As many parts, and as much in each, as Discord takes in one message. */
    ObjectNode container(Message message) {
        List<ObjectNode> parts = parts(message, ROOM);
        for (int room = ROOM; !fits(parts) && room > LEAST_ROOM; room = room * 3 / 4) {
            parts = parts(message, room);
        }
        List<ObjectNode> shown = parts;
        for (int most = parts.size() - 1; !fits(shown) && most > 1; most--) {
            shown = atMost(most, parts);
        }
        ObjectNode container = Kit.container(shown);
        colour(message).ifPresent(colour -> container.put("accent_color", colour));
        return container;
    }

    /** Somebody must decide, or something failed: seen before a word is read. */
    private static Optional<Integer> colour(Message message) {
        boolean failed =
                message.blocks().stream()
                        .flatMap(block ->
                                block instanceof Block.Lines(Phrase _, var lines)
                                        ? lines.stream()
                                        : Stream.empty())
                        .anyMatch(line -> line.mark() == Block.Mark.FAILED);
        boolean waits = message.blocks().stream().anyMatch(Block.Buttons.class::isInstance);
        return waits ? Optional.of(AMBER) : failed ? Optional.of(RED) : Optional.empty();
    }

    private static boolean fits(List<ObjectNode> parts) {
        int text = 0;
        int count = 1;
        for (ObjectNode part : parts) {
            text += part.path("content").asString("").length();
            JsonNode within = part.path("components");
            count += 1 + within.size();
        }
        return text <= DiscordLimits.ALL_TEXT && count <= DiscordLimits.COMPONENTS;
    }

    /** Leaves out the middle: what it is about comes first, what can be pressed last. */
    private List<ObjectNode> atMost(int most, List<ObjectNode> parts) {
        int last = Math.min(3, most - 1);
        int first = most - 1 - last;
        var kept = new ArrayList<>(parts.subList(0, first));
        int left = parts.size() - first - last;
        kept.add(small(words.say(Phrase.count(left, "… {0} more part", "… {0} more parts"))));
        kept.addAll(parts.subList(parts.size() - last, parts.size()));
        return kept;
    }

    private List<ObjectNode> parts(Message message, int room) {
        var parts = new ArrayList<ObjectNode>();
        message.in(language).blocks().forEach(block -> parts.addAll(parts(block, room)));
        return parts.isEmpty() ? List.of(Kit.text(line(message.summary(), room))) : parts;
    }

    private List<ObjectNode> parts(Block block, int room) {
        return switch (block) {
            case Block.Heading(Phrase text) -> List.of(Kit.text("### " + line(text, room / 4)));
            case Block.Text(Phrase text) ->
                    List.of(
                            Kit.text(
                                    Markdown.escaped(
                                            words.cut(
                                                    PlainText.lines(text.toString()).strip(),
                                                    room))));
            case Block.Fields(List<Block.Field> fields) ->
                    fields.isEmpty() ? List.of() : List.of(fields(fields, room));
            case Block.Lines(Phrase title, List<Block.Line> lines) ->
                    List.of(lines(title, lines, room));
            case Block.Table table -> List.of(Kit.text(table(table, room)));
            case Block.Code(Phrase title, List<Phrase> lines) -> List.of(code(title, lines, room));
            case Block.Clock(Phrase says, Instant until, Phrase _) -> List.of(clock(says, until));
            case Block.Call(List<String> people, Phrase says) -> List.of(call(people, says, room));
            case Block.Small(Phrase text) -> List.of(small(cut(text, room)));
            case Block.Buttons(var buttons) -> new DiscordButtons(words).rows(buttons);
        };
    }

    /** Of the thread that begins with this message. */
    String threadName(Message message) {
        String name = PlainText.line(words.say(message.summary()));
        return PlainText.brief(name.isBlank() ? "–" : name, DiscordLimits.THREAD_NAME);
    }

    private String cut(Phrase text, int room) {
        return words.cut(PlainText.line(words.say(text)), room);
    }

    private String line(Phrase text, int room) {
        return Markdown.escaped(cut(text, room));
    }

    private static ObjectNode small(String text) {
        return Kit.text("-# " + (text.isBlank() ? "–" : Markdown.escaped(text)));
    }

    private ObjectNode fields(List<Block.Field> fields, int room) {
        int each = Math.max(40, room / fields.size());
        var lines =
                fields.stream()
                        .map(field ->
                                Markdown.bold(cut(field.label(), Math.max(30, each / 2)))
                                        + "  "
                                        + line(field.value(), each))
                        .toList();
        return Kit.text(String.join("\n", words.first(lines, room)));
    }

    private ObjectNode lines(Phrase title, List<Block.Line> lines, int room) {
        var shown = words.first(lines.stream().map(line -> line(line, room / 2)).toList(), room);
        return Kit.text(titled(title, room, String.join("\n", shown)));
    }

    private String line(Block.Line line, int room) {
        String note = PlainText.line(line.note().toString());
        String text = PlainText.line(line.text().toString()) + (note.isEmpty() ? "" : " — " + note);
        return line.mark().sign() + " " + Markdown.escaped(words.cut(text, room));
    }

    private String titled(Phrase title, int room, String text) {
        String heading = Markdown.bold(cut(title, room / 2));
        return heading.isEmpty() ? text : text.isEmpty() ? heading : heading + "\n" + text;
    }

    private String table(Block.Table table, int room) {
        var shown = new NarrowTable(table, words);
        if (shown.isEmpty()) {
            return titled(table.title(), room, words.say(Phrase.of("– none")));
        }
        String rows =
                switch (shown.shape(PHONE, room)) {
                    case NarrowTable.Shape.Aligned(var lines) ->
                            Markdown.code(String.join("\n", lines));
                    case NarrowTable.Shape.Items(var items, var note) ->
                            String.join("\n", items.stream().map(DiscordRenderer::item).toList())
                                    + (note.isEmpty() ? "" : "\n" + Markdown.escaped(note));
                };
        return titled(table.title(), room, rows);
    }

    private static String item(NarrowTable.Item item) {
        String first = "- " + Markdown.bold(item.first());
        return item.rest().isEmpty() ? first : first + "\n  " + Markdown.escaped(item.rest());
    }

    /** Of a log the end says most. */
    private ObjectNode code(Phrase title, List<Phrase> lines, int room) {
        var shown = words.last(lines.stream().map(line -> cut(line, room / 2)).toList(), room);
        return Kit.text(titled(title, room, Markdown.code(String.join("\n", shown))));
    }

    /** Who has no account in Discord is named and not called. */
    private ObjectNode call(List<String> people, Phrase says, int room) {
        var names =
                people.stream()
                        .limit(MOST_CALLED)
                        .map(person ->
                                userOf.apply(person)
                                        .map(id -> "<@" + id + ">")
                                        .orElseGet(() -> line(Phrase.verbatim(person), LEAST_ROOM)))
                        .toList();
        int left = people.size() - MOST_CALLED;
        String asked = cut(says, room / 2);
        String wanted = left > 0 ? words.say(Phrase.of("and {0} more {1}", left, asked)) : asked;
        return Kit.text(String.join(" ", names) + " " + Markdown.bold(wanted));
    }

    /** Discord counts down by itself and in the reader's own zone. */
    private ObjectNode clock(Phrase says, Instant until) {
        long at = until.getEpochSecond();
        String asked = words.say(Phrase.of("⏳ {0}:", cut(says, 300)));
        return Kit.text(Markdown.escaped(asked) + " <t:" + at + ":t> (<t:" + at + ":R>)");
    }
}
