package backout.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private final Figures figures = new Figures();

    @Test
    void the_median_is_the_middle_one_or_between_the_two_in_the_middle() {
        add("odd", 9, 1, 2);
        add("even", 4, 1, 3, 100);

        assertThat(figures.median("odd")).isEqualTo(2);
        assertThat(figures.median("even")).isEqualTo(3.5);
        assertThat(figures.ratio("even", "odd")).isEqualTo(1.75);
    }

    @Test
    void what_was_not_measured_has_no_median() {
        assertThatThrownBy(() -> figures.median("nothing")).hasMessageContaining("nothing");
    }

    @Test
    void a_goal_is_met_up_to_what_is_allowed() {
        assertThat(new Goal("P1", 1.15, 1.15).isMet()).isTrue();
        assertThat(new Goal("P1", 1.151, 1.15)).hasToString("P1: 1.151, allowed 1.150: MISSED");
    }

    private void add(String name, double... values) {
        for (double value : values) {
            figures.add(name, value);
        }
    }
}
