package backout.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;

import backout.report.Room.Gone;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is gone where Discord, or something between, refuses a call. */
final class DiscordErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "401, 0, WAY_IN",
        "403, 0, WAY_IN",
        "404, 0, WAY_IN",
        "407, 0, WAY_IN",
        "413, 0, NOTHING",
        "400, 50035, NOTHING",
        "403, 50001, CHANNEL",
        "404, 10003, CHANNEL",
        "404, 10008, MESSAGE",
        "403, 50005, MESSAGE",
    })
    void a_token_that_is_not_good_is_the_way_in_and_no_message(int status, int code, Gone gone) {
        assertThat(DiscordErrors.gone(status, code)).isEqualTo(gone);
    }
}
