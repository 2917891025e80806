package backout.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

/** In need people hold a phone. */
class CrossroadsTest {
    private static final int COLUMNS = 38;

    @Test
    void a_phone_shows_the_buttons_below_twelve_lines_at_most() {
        List<String> before =
                Crossing.message().blocks().stream()
                        .takeWhile(block -> !(block instanceof Block.Buttons))
                        .flatMap(CrossroadsTest::texts)
                        .toList();

        int lines = before.stream().mapToInt(text -> (text.length() - 1) / COLUMNS + 1).sum();

        assertThat(lines).as("%s", before).isBetween(4, 12);
    }

    private static Stream<String> texts(Block block) {
        return switch (block) {
            case Block.Heading(var text) -> Stream.of("**" + text);
            case Block.Text(var text) -> Stream.of(text.toString());
            case Block.Lines(var title, var lines) ->
                    Stream.concat(
                            Stream.of(title.toString()).filter(text -> !text.isEmpty()),
                            lines.stream().map(line -> "x " + line.text() + " — " + line.note()));
            default -> throw new IllegalStateException("how it is measured is not known: " + block);
        };
    }
}
