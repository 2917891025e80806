package backout.language;

import static org.assertj.core.api.Assertions.assertThat;

import backout.report.Say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;

/** Lengths of time, told in one manner wherever they stand. */
final class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "421, 0.42 s",
        "5000, 5.00 s",
        "12345, 12.3 s",
        "59900, 59.9 s",
        "60000, 1 min",
        "107400, 1 min 47 s",
        "119900, 1 min 59 s",
        "299400, 4 min 59 s",
        "300000, 5 min",
        "899000, 14 min",
        "21600000, 6 h",
        "1036800000, 12 d"
    })
    void in_the_unit_that_fits(long millis, String told) {
        assertThat(Phrase.of("{0}", Duration.ofMillis(millis))).hasToString(told);
    }

    @Test
    void what_is_left_and_how_long_ago_it_was_are_whole() {
        Instant now = Instant.parse("2026-03-01T02:14:00Z");
        assertThat(Say.left(now, now.plusMillis(299_400))).hasToString("4 min 59 s left");
        assertThat(Say.left(now, now.plusMillis(7_310))).hasToString("7 s left");
        assertThat(Say.left(now, now.minusSeconds(3))).hasToString("0 s left");
        assertThat(Say.ago(now.minusMillis(47_200), now)).hasToString("47 s ago");
        assertThat(Say.ago(now.minusMillis(107_400), now)).hasToString("1 min ago");
        assertThat(Say.ago(now.minusSeconds(299), now)).hasToString("4 min ago");
    }
}
