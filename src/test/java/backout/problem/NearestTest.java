package backout.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

final class NearestTest {
    private static final List<String> KNOWN = List.of("compose", "status", "to", "undo", "keep");

    @ParameterizedTest
    @CsvSource({
        "compsoe,compose",
        "COMPOSE,compose",
        "stauts,status",
        "statuses,status",
        "undp,undo",
        "t,to",
        "tp,to"
    })
    void a_slip_finds_what_was_meant(String typed, String meant) {
        assertThat(Nearest.to(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xy", "deploy", "rollback", "com"})
    void something_else_finds_nothing(String typed) {
        assertThat(Nearest.to(typed, KNOWN)).isEmpty();
    }

    @Test
    void a_swap_of_neighbours_is_one_edit() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void a_word_without_end_is_compared_by_its_beginning() {
        assertThat(Nearest.to("x".repeat(1_000_000), KNOWN)).isEmpty();
        assertThat(Nearest.to("anything", List.of())).isEmpty();
    }
}
