package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.language.Language;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class LogTailTest {
    private static List<String> said(String... lines) {
        return said(List.of(lines));
    }

    private static List<String> said(List<String> lines) {
        return LogTail.of(lines).stream().map(Phrase::toString).toList();
    }

    @Test
    void what_is_short_stays_as_it_is() {
        assertThat(said("one", "", "two")).containsExactly("one", "", "two");
    }

    @Test
    void a_long_line_is_cut_and_says_so() {
        assertThat(said("x".repeat(80_000)).getFirst()).hasSize(2_000).endsWith("x…");
    }

    @Test
    void no_character_is_cut_in_two() {
        assertThat(said("x" + "😀".repeat(2_000)).getFirst()).endsWith("😀…");
    }

    @Test
    void all_together_they_are_64_kB_and_the_last_ones_are_kept() {
        var lines =
                Stream.concat(
                                IntStream.range(0, 50).mapToObj(at -> at + "字".repeat(5_000)),
                                Stream.of("the last"))
                        .toList();
        List<String> kept = said(lines);
        assertThat(kept).endsWith("the last").hasSizeBetween(5, 20);
        assertThat(String.join("", kept).getBytes(UTF_8).length).isLessThanOrEqualTo(64 << 10);
    }

    @Test
    void the_same_line_again_and_again_is_one_line_that_counts() {
        var lines =
                Stream.of(
                                List.of("listening on :3000"),
                                Collections.nCopies(12, "no route to redis {0}"),
                                List.of("", "", "gave up"))
                        .flatMap(List::stream)
                        .toList();
        assertThat(said(lines))
                .containsExactly(
                        "listening on :3000", "no route to redis {0} … 12 times", "", "gave up");
        Language chinese = Language.of("zh_CN.UTF-8", ZoneOffset.UTC);
        assertThat(LogTail.of(lines).get(1))
                .extracting(chinese::say)
                .isEqualTo("no route to redis {0} … 12 次");
    }

    @Test
    void what_is_the_same_and_not_in_a_row_stays_apart() {
        assertThat(said("a", "b", "a", "a")).containsExactly("a", "b", "a … 2 times");
    }

    @Test
    void a_long_row_leaves_room_for_what_came_before() {
        var lines =
                Stream.concat(
                                IntStream.range(0, 60).mapToObj(at -> "line " + at),
                                Collections.nCopies(100, "x".repeat(2_000)).stream())
                        .toList();
        assertThat(said(lines))
                .hasSize(50)
                .startsWith("line 11")
                .last()
                .asString()
                .endsWith("x … 100 times");
    }

    private static String telling(String... lines) {
        return LogTail.telling(LogTail.of(List.of(lines))).map(Phrase::toString).orElse("nothing");
    }

    @Test
    void what_has_begun_anew_after_its_error_still_tells_of_the_error() {
        assertThat(telling("1.2.0 starts", "Error: Cannot find module 'api'", "1.2.0 starts"))
                .isEqualTo("Error: Cannot find module 'api'");
        assertThat(telling("Error: the first", "FATAL: the last", "Node.js v20", ""))
                .isEqualTo("FATAL: the last");
    }

    @Test
    void without_an_error_the_last_line_that_says_anything_tells() {
        assertThat(telling("listening on 3000", "closing", "", " ")).isEqualTo("closing");
        assertThat(telling("", "")).isEqualTo("nothing");
        assertThat(telling()).isEqualTo("nothing");
    }
}
