package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

class LogTailTest {
    @Test
    void what_is_short_stays_as_it_is() {
        assertThat(LogTail.of(List.of("one", "", "two"))).containsExactly("one", "", "two");
    }

    @Test
    void a_long_line_is_cut_and_says_so() {
        String cut = LogTail.of(List.of("x".repeat(80_000))).getFirst();
        assertThat(cut).hasSize(2_000).endsWith("x…");
    }

    @Test
    void no_character_is_cut_in_two() {
        String cut = LogTail.of(List.of("x" + "😀".repeat(2_000))).getFirst();
        assertThat(cut).endsWith("😀…");
    }

    @Test
    void all_together_they_are_64_kB_and_the_last_ones_are_kept() {
        var lines = new java.util.ArrayList<>(Collections.nCopies(50, "字".repeat(5_000)));
        lines.add("the last");
        List<String> kept = LogTail.of(lines);
        assertThat(kept).endsWith("the last").hasSizeBetween(5, 20);
        assertThat(String.join("", kept).getBytes(UTF_8).length).isLessThanOrEqualTo(64 << 10);
    }
}
