package backout.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Form;
import backout.chat.Message;
import backout.chat.Messages;
import backout.chat.Press;
import backout.language.Language;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Golden files are written anew with {@code BACKOUT_GOLDEN=write}; read the difference before you
 * commit it.
 */
class DiscordRendererTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneId.of("Asia/Shanghai"));
    private static final Path GOLDEN = Path.of("src/test/resources/golden/discord");

    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static DiscordRenderer in(Language language) {
        return new DiscordRenderer(
                person ->
                        person.equals("anna")
                                ? Optional.of("400000000000000011")
                                : Optional.empty(),
                language);
    }

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static Message message(String name) {
        return Optional.ofNullable(Messages.all().get(name)).orElseThrow();
    }

    private static JsonNode body(Block... blocks) {
        JsonNode body =
                in(Language.ENGLISH).body(new Message(Phrase.of("summary"), List.of(blocks)));
        holds(body);
        return body;
    }

    private static String text(JsonNode body) {
        var texts = body.findValues("content").stream().map(JsonNode::asString).toList();
        return String.join("\n", texts);
    }

    /** What Discord refuses as a whole. */
    private static void holds(JsonNode body) {
        assertThat(body.findValues("content").stream().mapToInt(one -> one.asString().length()))
                .allMatch(length -> length > 0);
        int all =
                body.findValues("content").stream().mapToInt(one -> one.asString().length()).sum();
        assertThat(all).isLessThanOrEqualTo(4000);
        assertThat(body.findValues("type")).hasSizeLessThanOrEqualTo(40);
        body.findValues("custom_id").forEach(id -> fits(id, 100));
        body.findValues("label").forEach(label -> fits(label, 100));
        body.findValues("options").forEach(options -> assertThat(options.size()).isBetween(1, 25));
        assertThat(body.path("flags").asInt(0) & 1 << 15).isNotZero();
        assertThat(body.path("allowed_mentions").path("parse").isArray()).isTrue();
        assertThat(body.path("allowed_mentions").path("parse").isEmpty()).isTrue();
    }

    private static void fits(JsonNode text, int most) {
        assertThat(text.asString("").length()).isBetween(1, most);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_looks_like_its_golden_file(String name) throws IOException {
        compare(Language.ENGLISH, name, name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "card-awaiting-approval",
                "card-question",
                "card-proven",
                "card-undone",
                "buttons",
                "call",
                "long"
            })
    void a_message_in_chinese_looks_like_its_golden_file(String name) throws IOException {
        compare(CHINESE, name, "zh-" + name);
    }

    private static void compare(Language language, String name, String golden) throws IOException {
        JsonNode body = in(language).body(message(name));
        holds(body);
        String json = PRETTY.writeValueAsString(body) + "\n";
        Path file = GOLDEN.resolve(golden + ".json");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }

    /** Only our own clock and our own calls are anything but letters. */
    @ParameterizedTest
    @MethodSource("names")
    void nothing_that_people_wrote_becomes_a_mention_a_link_or_a_format(String name) {
        String text = text(in(Language.ENGLISH).body(message(name)));
        String ours =
                text.replaceAll("<t:\\d+:[tR]>", "")
                        .replace("<@400000000000000011>", "")
                        .replaceAll("(?s)```\n.*?\n```", "");
        assertThat(ours)
                .doesNotContainPattern("(?<!\\\\)[<@\\[`_~|]")
                .doesNotContainPattern("(?<!\\\\)://")
                .doesNotContainPattern("(?m)^\\d+[.)]");
        assertThat(text.codePoints())
                .noneMatch(point -> point == 0x202E || point == 0x2028 || point == 0x200B)
                .allMatch(point -> point == '\n' || !Character.isISOControl(point));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            textBlock =
                    """
                    @everyone look ¦ \\@everyone look
                    <@400000000000000011> ¦ \\<\\@400000000000000011\\>
                    **bold** _it_ ~~no~~ ¦ \\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~
                    [click](https://evil.example) ¦ \\[click\\](https\\://evil.example)
                    - item ¦ \\- item
                    -# small ¦ \\-\\# small
                    1. first ¦ 1\\. first
                    ||hidden|| ¦ \\|\\|hidden\\|\\|
                    a\\*b ¦ a\\\\\\*b
                    <t:0:R> ¦ \\<t:0:R\\>
                    2.0-rc1 ¦ 2\\.0-rc1
                    """)
    void what_people_wrote_is_shown_letter_by_letter(String written, String sent) {
        assertThat(Markdown.escaped(written)).isEqualTo(sent);
    }

    @Test
    void code_cannot_be_ended_from_within() {
        String text =
                text(body(Block.Code.of(Phrase.of("Log"), List.of("```", "@everyone", "`x`"))));
        assertThat(text.split("```", -1)).hasSize(3);
    }

    @Test
    void at_the_edge_of_all_texts_nothing_is_cut_and_one_past_it_is() {
        String most = "x".repeat(DiscordRenderer.ROOM);
        assertThat(text(body(new Block.Text(Phrase.verbatim(most))))).isEqualTo(most);
        assertThat(text(body(new Block.Text(Phrase.verbatim(most + "x"))))).contains("more");
        String half = "x".repeat(2000);
        JsonNode full =
                body(new Block.Text(Phrase.verbatim(half)), new Block.Text(Phrase.verbatim(half)));
        assertThat(text(full)).doesNotContain("more");
        JsonNode past =
                body(
                        new Block.Text(Phrase.verbatim(half)),
                        new Block.Text(Phrase.verbatim(half + "x")));
        assertThat(text(past)).contains("more");
    }

    @Test
    void what_only_signs_make_too_long_is_cut_as_well() {
        body(new Block.Text(Phrase.verbatim("*".repeat(3000))));
        body(new Block.Text(Phrase.verbatim("漢".repeat(9000))));
    }

    @Test
    void of_a_hundred_parts_the_first_and_the_last_are_shown() {
        var blocks =
                IntStream.range(0, 100)
                        .<Block>mapToObj(i -> new Block.Text(Phrase.verbatim("part " + i)))
                        .toArray(Block[]::new);
        assertThat(text(body(blocks))).contains("part 0", "part 99", "more parts");
    }

    private static Block.Buttons buttons(int number, String sure) {
        var press = new Press("a".repeat(20), "R".repeat(20), "f".repeat(57));
        var button =
                new Button(
                        Phrase.verbatim("l".repeat(120)),
                        Button.Look.PRIMARY,
                        press,
                        Phrase.verbatim(sure));
        return new Block.Buttons(Collections.nCopies(number, button));
    }

    @Test
    void a_press_of_a_hundred_characters_is_carried_and_a_longer_one_is_our_own_fault() {
        JsonNode body = body(buttons(1, ""));
        assertThat(body.findValue("custom_id").asString("")).hasSize(99);
        assertThat(body(buttons(1, "sure?")).findValue("custom_id").asString("")).hasSize(100);
        assertThat(body.findValue("label").asString("")).hasSize(80);
    }

    @Test
    void three_buttons_are_shown_and_the_rest_is_in_a_menu_of_at_most_25() {
        assertThat(body(buttons(3, "")).findValues("options")).isEmpty();
        assertThat(body(buttons(4, "")).findValue("options").size()).isEqualTo(1);
        assertThat(body(buttons(28, "")).findValue("options").size()).isEqualTo(25);
        JsonNode past = body(buttons(29, ""));
        assertThat(past.findValue("options").size()).isEqualTo(25);
        assertThat(text(past)).contains("1 more action");
    }

    @Test
    void only_who_is_called_may_be_mentioned() {
        JsonNode called =
                body(
                        new Block.Call(List.of("anna", "zoe"), Phrase.of("please approve")),
                        new Block.Text(Phrase.verbatim("<@400000000000000012> @everyone")));
        assertThat(called.path("allowed_mentions").path("users").toString())
                .isEqualTo("[\"400000000000000011\"]");
        assertThat(text(called))
                .contains("<@400000000000000011> zoe")
                .doesNotContain("<@4000000000000000012>");
    }

    @Test
    void a_clock_runs_by_itself() {
        var clock =
                new Block.Clock(
                        Phrase.of("1 vote"), Instant.ofEpochSecond(1_772_330_000), Phrase.NONE);
        assertThat(text(body(clock))).isEqualTo("⏳ 1 vote: <t:1772330000:t> (<t:1772330000:R>)");
    }

    private static JsonNode modal(String words, int inputs, int options) {
        var option = new Form.Option("v", Phrase.verbatim("o".repeat(120)));
        var input =
                new Form.Input(
                        "reason",
                        Phrase.verbatim("l".repeat(60)),
                        Phrase.verbatim("h".repeat(120)),
                        Collections.nCopies(options, option));
        var form =
                new Form(
                        Phrase.verbatim("t".repeat(60)),
                        Phrase.of("Deny"),
                        words,
                        "f".repeat(12),
                        Collections.nCopies(inputs, input));
        return DiscordForm.modal(form, Language.ENGLISH)
                .<JsonNode>map(it -> it)
                .orElse(Kit.object());
    }

    @Test
    void a_modal_holds_its_limits() {
        JsonNode modal = modal("deny 7F3KQ", 5, 30);
        assertThat(modal.path("title").asString("")).hasSize(45);
        assertThat(modal.findValue("options").size()).isEqualTo(25);
        assertThat(modal.path("components").path(0).path("label").asString("")).hasSize(45);
        assertThat(modal.findValue("description").asString("")).hasSize(100);
        assertThat(modal("deny 7F3KQ", 6, 0).isEmpty()).isTrue();
    }

    @Test
    void what_a_form_is_about_comes_back_whether_it_is_short_or_long() {
        for (String words :
                List.of("w".repeat(82), "w".repeat(83), "because " + "x".repeat(1900))) {
            JsonNode modal = modal(words, 1, 0);
            assertThat(modal.path("custom_id").asString("").length()).isLessThanOrEqualTo(100);
            var filled = DiscordForm.filled(submitted(modal)).orElseThrow();
            assertThat(filled.words()).isEqualTo(words);
            assertThat(filled.plan()).isEqualTo("f".repeat(12));
            assertThat(filled.values()).containsOnlyKeys("reason");
        }
    }

    /** As Discord sends it back: each input with what stands in it. */
    private static JsonNode submitted(JsonNode modal) {
        var data = Kit.object().put("custom_id", modal.path("custom_id").asString(""));
        var inputs = data.putArray("components");
        for (JsonNode label : modal.path("components")) {
            JsonNode input = label.path("component");
            inputs.addObject()
                    .putObject("component")
                    .put("custom_id", input.path("custom_id").asString(""))
                    .put("value", input.path("value").asString("5xx"));
        }
        return data;
    }

    @Test
    void a_modal_of_somebody_else_is_none_of_ours() {
        assertThat(DiscordForm.filled(Kit.object().put("custom_id", "survey"))).isEmpty();
    }
}
