package backout.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

final class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "250ms,PT0.25S",
        "3s,PT3S",
        "5m,PT5M",
        "2h,PT2H",
        "14d,PT336H",
        "1.5 h,PT1H30M",
        "0s,PT0S"
    })
    void times_are_read(String text, Duration duration) {
        assertThat(Quantity.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "200MB,200000000",
        "1.5GB,1500000000",
        "1MiB,1048576",
        "1KB,1000",
        "1kB,1000",
        "7B,7",
        "0.5KiB,512"
    })
    void sizes_are_read(String text, long bytes) {
        assertThat(Quantity.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "m", "-5m", "5 m m", "5M", "5min", "1e3s", "999999999999d", "٣s"})
    void what_is_no_time_is_refused(String text) {
        assertThat(Quantity.duration(text)).isEmpty();
    }

    @Test
    void a_size_beyond_all_disks_is_refused() {
        assertThat(Quantity.size("999999999TiB")).isEmpty();
        assertThat(Quantity.size("200mb")).isEmpty();
    }
}
