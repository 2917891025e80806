package backout.chat.console;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Messages;
import backout.fixture.Effort;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Golden files are written anew with {@code BACKOUT_GOLDEN=write}; read the difference before you
 * commit it.
 */
class TextRendererTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/text");
    private static final int WIDTH = 80;
    private static final Language CHINESE = Language.of("zh_CN.UTF-8", ZoneOffset.UTC);

    static Set<String> names() {
        return Messages.all().keySet();
    }

    private static List<String> rendered(String name, int width, Style style) {
        return rendered(name, new TextRenderer(width, style, Language.ENGLISH));
    }

    private static List<String> rendered(String name, TextRenderer renderer) {
        return renderer.lines(Optional.ofNullable(Messages.all().get(name)).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_message_looks_like_its_golden_file(String name) throws IOException {
        isGolden(name, rendered(name, WIDTH, Style.PLAIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"card-awaiting-approval", "card-question", "card-proven"})
    void in_chinese_it_looks_like_its_golden_file(String name) throws IOException {
        isGolden("zh-" + name, rendered(name, new TextRenderer(WIDTH, Style.PLAIN, CHINESE)));
    }

    private static void isGolden(String name, List<String> lines) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            Files.createDirectories(GOLDEN);
            Files.write(file, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(file));
    }

    @ParameterizedTest
    @MethodSource("names")
    void no_line_is_wider_than_the_terminal_but_code(String name) {
        for (int width = 40; width <= 120; width += Effort.stride()) {
            int columns = width;
            assertThat(rendered(name, width, Style.PLAIN))
                    .filteredOn(line -> !line.startsWith("    ") || line.contains("─"))
                    .allMatch(line -> Columns.of(line) <= columns, "at most " + columns);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothing_that_moves_a_cursor_is_printed(String name) {
        assertThat(String.join("", rendered(name, WIDTH, Style.PLAIN)).codePoints())
                .noneMatch(point -> Character.isISOControl(point))
                .noneMatch(point -> point == 0x202E || point == 0x2028 || point == 0x200B);
    }

    @ParameterizedTest
    @MethodSource("names")
    void colours_change_nothing_but_colours(String name) {
        var coloured =
                rendered(name, WIDTH, Style.COLOURED).stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9]+m", ""))
                        .toList();
        assertThat(coloured).isEqualTo(rendered(name, WIDTH, Style.PLAIN));
    }

    @Test
    void colours_are_for_terminals_whose_user_wants_them() {
        assertThat(Style.of(true, Map.of())).isEqualTo(Style.COLOURED);
        assertThat(Style.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
        assertThat(Style.of(false, Map.of())).isEqualTo(Style.PLAIN);
    }

    @Test
    void a_problem_says_where_what_and_below_it_what_to_do() {
        var problem =
                new Problem(
                        Phrase.of("nobody here is called \"ana\""),
                        "config/people.yml",
                        Phrase.of("Did you?"));
        assertThat(new TextRenderer(WIDTH, Style.PLAIN, Language.ENGLISH).problem(problem))
                .containsExactly(
                        "✗ config/people.yml: nobody here is called \"ana\"", "  → Did you?");
    }

    @Test
    void a_terminal_has_two_columns_for_a_chinese_letter_and_for_an_emoji() {
        assertThat(Columns.of("abc")).isEqualTo(3);
        assertThat(Columns.of("回滚")).isEqualTo(4);
        assertThat(Columns.of("é")).isEqualTo(1);
        assertThat(Columns.of("e\u0301")).isEqualTo(1);
        assertThat(Columns.of("👨‍👩‍👧")).isEqualTo(2);
        assertThat(Columns.of("🇨🇳")).isEqualTo(2);
        assertThat(Columns.of("✓✗…")).isEqualTo(3);
    }

    @Test
    void a_line_never_begins_with_a_chinese_full_stop() {
        assertThat(Columns.wrap("一二三四。五", 8)).containsExactly("一二三", "四。五");
    }

    @Test
    void spaces_at_the_end_need_no_room() {
        assertThat(Columns.wrap("abcd efgh", 4)).containsExactly("abcd", "efgh");
        assertThat(Columns.wrap("abcd    ", 4)).containsExactly("abcd");
        assertThat(Columns.wrap("", 4)).containsExactly("");
    }
}
