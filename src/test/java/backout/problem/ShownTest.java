package backout.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShownTest {
    @Test
    void short_and_harmless_text_stays_as_it_is() {
        assertThat(Shown.of("claude-relay")).isEqualTo("claude-relay");
        assertThat(Shown.of("回退 👩‍🚀")).isEqualTo("回退 👩‍🚀");
        assertThat(Shown.of("x".repeat(60))).hasSize(60);
    }

    @Test
    void long_text_is_cut_between_characters() {
        assertThat(Shown.of("x".repeat(61))).isEqualTo("x".repeat(40) + "…");
        assertThat(Shown.of("😀".repeat(61))).isEqualTo("😀".repeat(40) + "…");
        assertThat(Shown.of("😀".repeat(31))).isEqualTo("😀".repeat(31));
    }

    @Test
    void what_moves_the_cursor_or_turns_the_text_is_replaced() {
        assertThat(Shown.of("a\u001b[31mb\nc\u0000d")).isEqualTo("a�[31mb�c�d");
        assertThat(Shown.of("a\u202eb\u2066c\u2028d\ud800e")).isEqualTo("a�b�c�d�e");
    }
}
