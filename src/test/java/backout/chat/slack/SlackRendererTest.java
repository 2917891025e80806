package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Cards;
import backout.chat.Message;
import backout.chat.Messages;
import backout.language.Language;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Golden files are written anew with {@code BACKOUT_GOLDEN=write}; read the difference before you
 * commit it.
 */
class SlackRendererTest {
    private static final SlackRenderer RENDERER =
            new SlackRenderer(SlackChat.people(Cards::site)::user, Language.ENGLISH);

    private static final Path GOLDEN = Path.of("src/test/resources/golden/slack");

    private static final SlackRenderer CHINESE =
            new SlackRenderer(
                    SlackChat.people(Cards::site)::user,
                    Language.of("zh-CN", ZoneId.of("Asia/Shanghai")));

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static Message message(String name) {
        return Optional.ofNullable(Messages.all().get(name)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_looks_like_its_golden_file(String name) throws IOException {
        compare(RENDERER, message(name), name);
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
        compare(CHINESE, message(name), "zh-" + name);
    }

    private static void compare(SlackRenderer renderer, Message message, String golden)
            throws IOException {
        var pretty = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
        String json = pretty.toJson(renderer.blocks(message)) + "\n";
        Path file = GOLDEN.resolve(golden + ".json");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, json);
        }
        assertThat(json).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("names")
    void slack_formats_nothing_but_our_own_clock_and_our_own_calls(String name) {
        var formatted = new ArrayList<String>();
        var called = new ArrayList<String>();
        walk(RENDERER.blocks(message(name)), formatted, called);
        assertThat(formatted)
                .allMatch(text ->
                        text.matches("<!date\\^[0-9]+\\^\\{time} \\(\\{ago}\\)\\|[^<>|^]*>"));
        assertThat(called).isEqualTo(name.equals("call") ? List.of("U02ANNA") : List.of());
        assertThat(RENDERER.text(message(name))).doesNotContain("<").doesNotContain(">");
    }

    private static void walk(JsonElement element, List<String> formatted, List<String> called) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(inner -> walk(inner, formatted, called));
        } else if (element.isJsonObject()) {
            var object = element.getAsJsonObject();
            String type = object.has("type") ? object.get("type").getAsString() : "";
            switch (type) {
                case "mrkdwn" -> formatted.add(object.get("text").getAsString());
                case "user" -> called.add(object.get("user_id").getAsString());
                case "plain_text" ->
                        assertThat(object.get("text").getAsString()).doesNotContain("<");
                case "broadcast", "usergroup", "channel", "link", "emoji" ->
                        throw new AssertionError("nobody asked for a " + type);
                default -> {}
            }
            object.entrySet().forEach(entry -> walk(entry.getValue(), formatted, called));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_that_turns_or_hides_text_is_sent(String name) {
        String json = RENDERER.json(message(name)) + RENDERER.text(message(name));
        assertThat(json.codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(point -> point == 0x202E || point == 0x2028 || point == 0x200B);
    }
}
