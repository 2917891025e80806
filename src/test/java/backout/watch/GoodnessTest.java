package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Evidence.Finding;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class GoodnessTest {
    private final HandClock clock = new HandClock();

    /**
     * A history is a line of looks: a letter is a release that is well, in upper case unwell, ? is
     * unknown; a digit lets so many minutes pass.
     */
    @ParameterizedTest(name = "{0} for {1} min: {2}")
    @CsvSource({
        "a, 5, false",
        "a1a1a1a1a, 5, false",
        "a1a1a1a1a1a, 5, true",
        "a1a1a1a1a1A, 5, false",
        "a1a1a1a1a1?, 5, false",
        "a1a1A1a1a1a, 5, false",
        "a1a1?1a1a1a, 5, false",
        "A1a1a1a1a1a1a, 5, true",
        "a1a1a1b1b1b, 5, false",
        "b1a1a1a1a1a1a, 5, true",
        "a1a1a1a1a1b, 5, false",
        "a2a2a2a, 5, true",
        "a1a1a3a1a1a, 5, false",
        "a9a, 5, false",
        "a, 0, true",
        "A, 0, false",
        "?, 0, false",
        "a1a1a1a1a1a1a, 5, true"
    })
    void good_is_what_was_well_at_every_look(String history, int minutes, boolean held) {
        var goodness = Goodness.NONE;
        for (int at = 0; at < history.length(); at++) {
            char sign = history.charAt(at);
            if (Character.isDigit(sign)) {
                clock.pass(Duration.ofMinutes(sign - '0'));
            } else {
                goodness = goodness.after(clock.instant(), release(sign), finding(sign), List.of());
            }
        }
        assertThat(goodness.hasHeld(Duration.ofMinutes(minutes))).isEqualTo(held);
    }

    private static String release(char sign) {
        return sign == '?' ? "a" : String.valueOf(Character.toLowerCase(sign));
    }

    private static Finding finding(char sign) {
        if (sign == '?') {
            return Finding.UNKNOWN;
        }
        return Character.isUpperCase(sign) ? Finding.UNWELL : Finding.WELL;
    }

    @Test
    void a_clock_that_was_set_back_starts_again() {
        var goodness = Goodness.NONE.after(clock.instant(), "a", Finding.WELL, List.of());
        clock.pass(Duration.ofHours(-1));
        goodness = goodness.after(clock.instant(), "a", Finding.WELL, List.of());
        clock.pass(Duration.ofMinutes(2));
        goodness = goodness.after(clock.instant(), "a", Finding.WELL, List.of());
        assertThat(goodness.hasHeld(Duration.ofMinutes(2))).isTrue();
        assertThat(goodness.hasHeld(Duration.ofMinutes(3))).isFalse();
    }
}
