package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Button.Look;
import backout.chat.Cards;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Messages;
import backout.chat.PlainText;
import backout.chat.Press;
import backout.chat.Words;
import backout.language.Language;
import backout.language.Phrase;
import backout.language.Phrases;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What Slack would refuse is never sent: at each limit, one past it, and far past all of them. */
class SlackLimitsTest {
    private static final Words WORDS = new Words(Language.ENGLISH);
    private static final SlackRenderer RENDERER =
            new SlackRenderer(SlackChat.people(Cards::site)::user, Language.ENGLISH);

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static JsonArray blocks(Block... blocks) {
        var made = RENDERER.blocks(new Message(Phrase.of("summary"), List.of(blocks)));
        holds(made);
        return made;
    }

    private static JsonObject only(JsonArray blocks) {
        assertThat(blocks).hasSize(1);
        return blocks.get(0).getAsJsonObject();
    }

    private static String plain(JsonObject object, String key) {
        return object.getAsJsonObject(key).get("text").getAsString();
    }

    /** Every limit at once. */
    private static void holds(JsonArray blocks) {
        assertThat(blocks.size()).isLessThanOrEqualTo(50);
        assertThat(blocks.toString().getBytes(UTF_8).length).isLessThanOrEqualTo(13_000);
        for (JsonElement block : blocks) {
            holds(block.getAsJsonObject());
        }
    }

    private static void holds(JsonObject block) {
        var texts = new ArrayList<String>();
        collect(block, texts);
        assertThat(texts).allSatisfy(text -> assertThat(text).isNotEmpty());
        assertThat(String.join("", texts).length()).isLessThanOrEqualTo(3000);
        switch (block.get("type").getAsString()) {
            case "header" -> assertThat(plain(block, "text").length()).isBetween(1, 150);
            case "actions" -> {
                assertThat(block.getAsJsonArray("elements").size()).isBetween(1, 25);
                block.getAsJsonArray("elements").forEach(e -> holdsElement(e.getAsJsonObject()));
            }
            case "context" -> assertThat(block.getAsJsonArray("elements").size()).isBetween(1, 10);
            default -> assertThat(block.get("type").getAsString()).isEqualTo("rich_text");
        }
    }

    private static void holdsElement(JsonObject element) {
        assertThat(element.get("action_id").getAsString().length()).isBetween(1, 255);
        if (element.has("options")) {
            assertThat(element.getAsJsonArray("options").size()).isBetween(2, 5);
            for (JsonElement option : element.getAsJsonArray("options")) {
                assertThat(plain(option.getAsJsonObject(), "text").length()).isBetween(1, 75);
            }
        } else {
            assertThat(plain(element, "text").length()).isBetween(1, 75);
            assertThat(element.get("value").getAsString().length()).isBetween(1, 2000);
            assertThat(element.get("accessibility_label").getAsString().length()).isBetween(1, 75);
        }
        if (element.has("confirm")) {
            var confirm = element.getAsJsonObject("confirm");
            assertThat(plain(confirm, "title").length()).isBetween(1, 100);
            assertThat(plain(confirm, "text").length()).isBetween(1, 300);
            assertThat(plain(confirm, "confirm").length()).isBetween(1, 30);
            assertThat(plain(confirm, "deny").length()).isBetween(1, 30);
        }
    }

    private static void collect(JsonElement element, List<String> texts) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(inner -> collect(inner, texts));
        } else if (element.isJsonObject()) {
            var object = element.getAsJsonObject();
            object.entrySet()
                    .forEach(entry -> {
                        if (entry.getKey().equals("text") && entry.getValue().isJsonPrimitive()) {
                            texts.add(entry.getValue().getAsString());
                        } else {
                            collect(entry.getValue(), texts);
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_message_is_within_the_limits(String name) {
        holds(RENDERER.blocks(Optional.ofNullable(Messages.all().get(name)).orElseThrow()));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_card_has_at_most_twelve_parts(String name) {
        if (name.startsWith("card-")) {
            var message = Optional.ofNullable(Messages.all().get(name)).orElseThrow();
            assertThat(RENDERER.blocks(message).size()).isLessThanOrEqualTo(12);
        }
    }

    @Test
    void a_heading_of_150_stays_and_one_of_151_is_cut() {
        assertThat(plain(only(blocks(new Block.Heading(Phrase.verbatim("x".repeat(150))))), "text"))
                .isEqualTo("x".repeat(150));
        assertThat(plain(only(blocks(new Block.Heading(Phrase.verbatim("x".repeat(151))))), "text"))
                .isEqualTo("x".repeat(149) + "…");
    }

    @Test
    void a_text_is_cut_with_a_note_of_how_much_is_missing() {
        int most = 2900;
        assertThat(blocks(new Block.Text(Phrase.verbatim("x".repeat(most)))).toString())
                .doesNotContain("more");
        String cut = blocks(new Block.Text(Phrase.verbatim("x".repeat(most + 1)))).toString();
        assertThat(cut).contains(" … 24 more characters");
        assertThat(WORDS.cut("x".repeat(most + 1), most).length()).isLessThanOrEqualTo(most);
    }

    @Test
    void half_of_a_character_is_never_kept() {
        for (int most = 20; most < 60; most++) {
            String cut = WORDS.cut("👍".repeat(100), most);
            assertThat(cut.length()).isLessThanOrEqualTo(most);
            assertThat(cut.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
            assertThat(PlainText.brief("👍".repeat(100), most).codePoints())
                    .noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
        }
    }

    @Test
    void lines_that_do_not_fit_are_counted() {
        var lines =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                new Block.Line(
                                        Block.Mark.DONE,
                                        Phrase.of("step number {0}", i),
                                        Phrase.NONE))
                        .toList();
        assertThat(blocks(new Block.Lines(Phrase.of("Plan"), lines)).toString())
                .contains("step number 0\\n")
                .containsPattern("… [0-9]+ more lines");
    }

    @Test
    void of_a_log_the_end_is_kept() {
        var lines = IntStream.range(0, 500).mapToObj(i -> "line number " + i).toList();
        assertThat(blocks(Block.Code.of(Phrase.of("Log"), lines)).toString())
                .contains("line number 499")
                .doesNotContain("line number 0\\n")
                .containsPattern("… [0-9]+ lines before");
    }

    @Test
    void fifty_blocks_are_posted_and_of_51_the_first_and_the_buttons_stay() {
        assertThat(blocks(many(50))).hasSize(50);
        var parts = new ArrayList<>(List.of(many(60)));
        parts.add(new Block.Buttons(List.of(button(Phrase.of("Approve"), Phrase.NONE))));
        var cut = blocks(parts.toArray(Block[]::new));
        assertThat(cut).hasSize(50);
        assertThat(cut.get(0).toString()).contains("part 0");
        assertThat(cut.get(47).toString()).contains("… 12 more parts");
        assertThat(cut.get(49).toString()).contains("Approve");
    }

    private static Block[] many(int blocks) {
        return IntStream.range(0, blocks)
                .mapToObj(i -> (Block) new Block.Small(Phrase.of("part {0}", i)))
                .toArray(Block[]::new);
    }

    private static Button button(Phrase label, Phrase sure) {
        return new Button(label, Look.DANGER, new Press("undo", "7F3KQ", "a1"), sure);
    }

    @Test
    void a_button_and_its_question_are_cut_at_their_limits() {
        var exact =
                element(
                        button(Phrase.verbatim("x".repeat(75)), Phrase.verbatim("y".repeat(300))),
                        0);
        assertThat(plain(exact, "text")).hasSize(75).doesNotContain("…");
        var confirm = exact.getAsJsonObject("confirm");
        assertThat(plain(confirm, "text")).isEqualTo("y".repeat(300));
        assertThat(plain(confirm, "confirm")).hasSize(30);
        var longer =
                element(
                        button(Phrase.verbatim("x".repeat(76)), Phrase.verbatim("y".repeat(301))),
                        0);
        assertThat(plain(longer, "text")).isEqualTo("x".repeat(74) + "…");
        assertThat(plain(longer.getAsJsonObject("confirm"), "text"))
                .isEqualTo("y".repeat(299) + "…");
        assertThat(
                        plain(
                                element(button(Phrase.verbatim("z".repeat(99)), Phrase.of("y")), 0)
                                        .getAsJsonObject("confirm"),
                                "title"))
                .isEqualTo("z".repeat(99) + "?");
        assertThat(
                        plain(
                                element(button(Phrase.verbatim("z".repeat(100)), Phrase.of("y")), 0)
                                        .getAsJsonObject("confirm"),
                                "title"))
                .isEqualTo("z".repeat(99) + "…");
    }

    private static JsonObject element(Button button, int index) {
        var block = only(blocks(new Block.Buttons(List.of(button))));
        return block.getAsJsonArray("elements").get(index).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 40})
    void three_buttons_are_shown_and_a_menu_holds_two_to_five(int all) {
        var buttons = Collections.nCopies(all, button(Phrase.of("Undo"), Phrase.NONE));
        var made = blocks(new Block.Buttons(buttons));
        int elements = made.get(0).getAsJsonObject().getAsJsonArray("elements").size();
        assertThat(elements).isEqualTo(all <= 3 ? all : all == 4 ? 3 : 4);
        assertThat(made.size()).isEqualTo(all <= 8 ? 1 : 2);
        if (all > 8) {
            assertThat(made.get(1).toString()).contains("… " + (all - 8) + " more action");
        }
    }

    @Test
    void what_asks_before_it_counts_asks_in_the_menu_too() {
        var buttons =
                new ArrayList<>(Collections.nCopies(4, button(Phrase.of("Cancel"), Phrase.NONE)));
        buttons.add(button(Phrase.of("Undo"), Phrase.of("1.2 runs again.")));
        var made = blocks(new Block.Buttons(buttons));
        assertThat(made.toString()).contains("Undo: 1.2 runs again.");
    }

    @Test
    void a_summary_is_cut_and_escaped_within_its_limit() {
        for (String letter : List.of("x", "&", "<", "汉")) {
            String text =
                    RENDERER.text(new Message(Phrase.verbatim(letter.repeat(5000)), List.of()));
            assertThat(text.length()).isLessThanOrEqualTo(SlackLimits.SUMMARY);
            assertThat(text).contains("more characters").doesNotContain("<");
        }
    }

    private static Form form(Phrase title, List<Form.Option> options) {
        var input =
                new Form.Input("release", Phrase.of("Go back to"), Phrase.of("A hint."), options);
        return new Form(title, title, "compose relay", "a1", List.of(input));
    }

    private static List<Form.Option> options(int many, String value, String label) {
        return IntStream.range(0, many)
                .mapToObj(i -> new Form.Option(value + i, Phrase.verbatim(label + i)))
                .toList();
    }

    @Test
    void a_view_is_cut_at_its_limits() {
        var exact =
                SlackForm.view(
                                form(Phrase.verbatim("t".repeat(24)), List.of()),
                                "C1",
                                Language.ENGLISH)
                        .orElseThrow();
        assertThat(plain(exact, "title")).isEqualTo("t".repeat(24));
        var longer =
                SlackForm.view(
                                form(Phrase.verbatim("t".repeat(25)), List.of()),
                                "C1",
                                Language.ENGLISH)
                        .orElseThrow();
        assertThat(plain(longer, "title")).isEqualTo("t".repeat(23) + "…");
        assertThat(plain(longer, "submit")).hasSize(24);
    }

    @Test
    void a_menu_of_a_view_holds_a_hundred_options_and_tells_of_more() {
        assertThat(select(form(Phrase.of("t"), options(100, "v", "l")))).hasSize(100);
        assertThat(select(form(Phrase.of("t"), options(101, "v", "l".repeat(90))))).hasSize(100);
        assertThat(
                        SlackForm.view(
                                        form(Phrase.of("t"), options(101, "v", "l")),
                                        "C1",
                                        Language.ENGLISH)
                                .orElseThrow()
                                .toString())
                .contains("1 more: type the command instead");
    }

    private static JsonArray select(Form form) {
        var options =
                SlackForm.view(form, "C1", Language.ENGLISH)
                        .orElseThrow()
                        .getAsJsonArray("blocks")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("element")
                        .getAsJsonArray("options");
        for (JsonElement option : options) {
            assertThat(plain(option.getAsJsonObject(), "text").length()).isLessThanOrEqualTo(75);
        }
        return options;
    }

    @Test
    void a_value_that_is_too_long_is_left_out_because_half_of_it_means_another() {
        var options = new ArrayList<>(options(3, "v", "l"));
        options.add(new Form.Option("v".repeat(150), Phrase.of("at the limit")));
        options.add(new Form.Option("v".repeat(151), Phrase.of("past the limit")));
        assertThat(select(form(Phrase.of("t"), options)).toString())
                .contains("at the limit")
                .doesNotContain("past the limit");
    }

    @Test
    void words_that_a_view_cannot_carry_open_none() {
        var inputs = List.of(new Form.Input("reason", Phrase.of("Why"), Phrase.NONE, List.of()));
        int overhead = "{\"words\":\"\",\"plan\":\"\",\"channel\":\"C1\"}".length();
        var exact =
                new Form(Phrase.of("t"), Phrase.of("s"), "w".repeat(3000 - overhead), "", inputs);
        var view = SlackForm.view(exact, "C1", Language.ENGLISH).orElseThrow();
        String metadata = view.get("private_metadata").getAsString();
        assertThat(metadata).hasSize(3000);
        assertThat(SlackForm.about(metadata).words()).isEqualTo(exact.words());
        var longer =
                new Form(Phrase.of("t"), Phrase.of("s"), "w".repeat(3001 - overhead), "", inputs);
        assertThat(SlackForm.view(longer, "C1", Language.ENGLISH)).isEmpty();
    }

    @Test
    void any_message_of_any_length_is_within_the_limits() {
        for (int seed = 0; seed < 30; seed++) {
            var random = new Random(seed);
            var blocks = new ArrayList<Block>();
            int many = 1 + random.nextInt(80);
            for (int i = 0; i < many; i++) {
                blocks.add(block(random));
            }
            try {
                holds(RENDERER.blocks(new Message(text(random), blocks)));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static Block block(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> new Block.Heading(text(random));
            case 1 -> new Block.Text(text(random));
            case 2 ->
                    new Block.Fields(
                            some(random, () -> new Block.Field(text(random), text(random))));
            case 3 ->
                    new Block.Lines(
                            text(random),
                            some(
                                    random,
                                    () ->
                                            new Block.Line(
                                                    Block.Mark.DONE, text(random), text(random))));
            case 4 ->
                    Block.Table.of(
                            text(random),
                            Phrases.of("a", "b"),
                            some(random, () -> List.of(text(random), text(random))));
            case 5 -> Block.Code.of(text(random), some(random, () -> text(random).toString()));
            case 6 -> new Block.Small(text(random));
            case 7 -> new Block.Call(some(random, () -> text(random).toString()), text(random));
            case 8 -> new Block.Clock(text(random), java.time.Instant.EPOCH, text(random));
            default -> new Block.Buttons(some(random, () -> button(text(random), text(random))));
        };
    }

    private static <T> List<T> some(Random random, java.util.function.Supplier<T> one) {
        return IntStream.range(0, random.nextInt(random.nextInt(6) > 0 ? 4 : 150))
                .mapToObj(_ -> one.get())
                .toList();
    }

    private static Phrase text(Random random) {
        String letters =
                List.of("a", "<", "汉", "👍", "a b\n", "\"", "\u0000").get(random.nextInt(7));
        return Phrase.verbatim(letters.repeat(random.nextInt(random.nextInt(6) > 0 ? 30 : 6000)));
    }
}
