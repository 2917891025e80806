package backout.chat.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Button.Look;
import backout.chat.Message;
import backout.chat.Messages;
import backout.chat.Press;
import backout.language.Language;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Golden files are written anew with {@code BACKOUT_GOLDEN=write}; read the difference before you
 * commit it.
 */
class HtmlRendererTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/html");

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static String rendered(Message message) {
        return rendered(message, Language.ENGLISH);
    }

    private static String rendered(Message message, Language language) {
        var deliveries = new AtomicInteger();
        var hand = new Hand("TOKEN", () -> "delivery-" + deliveries.incrementAndGet());
        var renderer = new HtmlRenderer(hand);
        return Html.all(List.of(renderer.blocks(message), renderer.details(message, "full-7F3KQ")))
                .in(language);
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_looks_like_its_golden_file(String name) throws IOException {
        isGolden(name, rendered(message(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"marks", "clock", "card-awaiting-approval", "card-question", "card-proven"})
    void in_chinese_it_looks_like_its_golden_file(String name) throws IOException {
        isGolden("zh-" + name, rendered(message(name), Language.of("zh-CN", ZoneOffset.UTC)));
    }

    private static Message message(String name) {
        return Optional.ofNullable(Messages.all().get(name)).orElseThrow();
    }

    private static void isGolden(String name, String html) throws IOException {
        Path file = GOLDEN.resolve(name + ".html");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, html);
        }
        assertThat(html).isEqualTo(Files.readString(file));
    }

    @Test
    void the_mark_of_a_cell_decides_its_colour_and_no_word_does() {
        var rows =
                Stream.of(Block.Mark.values())
                        .map(mark -> List.of(new Block.Cell(Phrase.of("well"), mark)))
                        .toList();
        var table = new Block.Table(Phrase.NONE, List.of(Phrase.of("verdict")), rows);
        var message = new Message(Phrase.of("proof"), List.of(table));
        String html = rendered(message, Language.ENGLISH);
        assertThat(html.split("class=\"poor\"", -1)).hasSize(3);
        assertThat(html).containsOnlyOnce("class=\"good\"").containsOnlyOnce("class=\"care\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</pre><svg onload=alert(1)>",
                "<!--",
                "&lt;script&gt;"
            })
    void hostile_text_stays_text_in_every_block(String text) {
        Phrase evil = Phrase.verbatim(text);
        var press = new Press("approve", "7F3KQ", "");
        var message =
                new Message(
                        evil,
                        List.of(
                                new Block.Heading(evil),
                                new Block.Text(evil),
                                new Block.Fields(List.of(new Block.Field(evil, evil))),
                                new Block.Lines(
                                        evil,
                                        List.of(new Block.Line(Block.Mark.FAILED, evil, evil))),
                                Block.Table.of(evil, List.of(evil), List.of(List.of(evil))),
                                Block.Code.of(evil, List.of(text)),
                                new Block.Call(List.of(text), evil),
                                new Block.Small(evil),
                                new Block.Buttons(
                                        List.of(new Button(evil, Look.DANGER, press, evil)))));
        assertThat(rendered(message))
                .doesNotContain(text)
                .doesNotContain("<script", "<img", "<svg", "</pre><");
    }

    @Test
    void what_turns_or_hides_text_is_shown_as_its_number() {
        assertThat(
                        rendered(
                                new Message(
                                        Phrase.NONE,
                                        List.of(new Block.Text(Phrase.of("as\u202eked\u0000"))))))
                .contains("as\\u202eked\\u0000");
    }

    @Test
    void three_buttons_are_shown_and_the_rest_is_behind_more() {
        var buttons =
                IntStream.range(0, 5)
                        .mapToObj(at ->
                                new Button(
                                        Phrase.of("B{0}", at),
                                        Look.PLAIN,
                                        new Press("keep", "7F3KQ", ""),
                                        Phrase.NONE))
                        .toList();
        String html = rendered(new Message(Phrase.NONE, List.of(new Block.Buttons(buttons))));
        assertThat(html.substring(0, html.indexOf("<details"))).contains("B0", "B1", "B2");
        assertThat(html.substring(html.indexOf("<details"))).contains("B3", "B4");
    }

    @Test
    void what_must_be_sure_is_asked_before_it_can_be_sent() {
        var button =
                new Button(
                        Phrase.of("Undo"),
                        Look.DANGER,
                        new Press("undo", "7F3KQ", "ab"),
                        Phrase.of("1.0 again"));
        String html =
                rendered(new Message(Phrase.NONE, List.of(new Block.Buttons(List.of(button)))));
        assertThat(html.indexOf("1.0 again"))
                .isBetween(html.indexOf("<summary"), html.indexOf("<form"));
        assertThat(html).contains("value=\"undo:7F3KQ:ab\"").contains("Yes: Undo");
    }

    @Test
    void a_page_cannot_be_built_with_scripts_or_foreign_addresses() {
        assertThatThrownBy(() -> Html.of("script").text("alert(1)"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("p").with("onclick", "x"))
                .isInstanceOf(IllegalArgumentException.class);
        for (String address :
                List.of(
                        "javascript:alert(1)",
                        "//evil.example",
                        "https://evil.example",
                        "/\\evil")) {
            assertThatThrownBy(() -> Html.of("a").with("href", address))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
