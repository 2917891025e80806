package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenPortTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "listen tcp 0.0.0.0:8080: bind: address already in use",
                "listen tcp6 [::]:8080: bind: address already in use",
                "driver failed: Bind for 0.0.0.0:8080 failed: port is already allocated"
            })
    void a_port_that_is_taken_is_told_by_its_number(String said) {
        assertThat(TakenPort.in(Phrase.verbatim(said), "x").orElseThrow().toString())
                .contains("sport = :8080");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_long_answer_takes_no_longer_than_its_length() {
        var said = Phrase.verbatim(":1".repeat(500_000) + "listen tcp " + ":1".repeat(500_000));
        assertThat(TakenPort.in(said, "x")).isEmpty();
    }
}
