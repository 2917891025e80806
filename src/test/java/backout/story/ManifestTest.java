package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.executor.compose.ComposeExecutor;
import backout.host.Workplace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** What {@code bot/backout manifest} prints of the shipped commands. */
class ManifestTest {
    private static Seat seat() {
        var none = Path.of("target/none");
        var executor =
                ComposeExecutor.of(
                        Workplace.local(
                                "unix:///none", none, InstantSource.system(), System::nanoTime));
        return new Seat(Path.of(""), executor, InstantSource.system());
    }

    @Test
    void the_checked_in_one_is_what_is_printed() throws IOException {
        var printed = seat();
        assertThat(printed.run("manifest", "slack")).isZero();
        assertThat(Files.readString(Path.of("bot/slack/manifest.yml")))
                .as("stale: bot/backout manifest slack >bot/slack/manifest.yml")
                .isEqualTo(printed.text());
    }

    @Test
    void the_checked_in_one_for_a_bot_that_slack_calls_is_what_is_printed() throws IOException {
        var printed = seat();
        assertThat(printed.run("manifest", "slack", "--url", "https://HOST")).isZero();
        assertThat(Files.readString(Path.of("bot/slack/manifest-http.yml")))
                .as("stale: bot/backout manifest slack --url https://HOST")
                .isEqualTo(printed.text());
    }

    @Test
    void where_the_bot_calls_slack_no_address_stands_in_it() {
        var printed = seat();
        assertThat(printed.run("manifest", "slack")).isZero();
        assertThat(printed.text())
                .contains("socket_mode_enabled: true", "app_home_opened", "app_mention")
                .contains("type: message", "callback_id: roll-back")
                .doesNotContain("url");
    }

    @Test
    void the_checked_in_one_of_discord_is_what_is_printed() throws IOException {
        var printed = seat();
        assertThat(printed.run("manifest", "discord")).isZero();
        assertThat(Files.readString(Path.of("bot/discord/manifest.yml")))
                .as("stale: bot/backout manifest discord >bot/discord/manifest.yml")
                .isEqualTo(printed.text());
    }

    /** View channels, send, read back, open threads and write there: nothing else. */
    @Test
    void discord_is_asked_for_five_permissions() {
        var printed = seat();
        assertThat(printed.run("manifest", "discord")).isZero();
        assertThat(printed.text())
                .contains("client_id=APPLICATION-ID&scope=bot+applications.commands")
                .contains("&permissions=309237713920");
    }

    @Test
    void the_address_is_told_for_commands_and_for_presses() {
        var printed = seat();
        assertThat(printed.run("manifest", "slack", "--url", "https://b.example.com/")).isZero();
        assertThat(printed.text())
                .contains("      url: \"https://b.example.com/slack/events\"")
                .contains("    request_url: \"https://b.example.com/slack/events\"")
                .contains("    message_menu_options_url: \"https://b.example.com/slack/events\"")
                .contains("socket_mode_enabled: false")
                .doesNotContain("HOST/slack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://b", "b.example.com", "https://a\" b"})
    void an_address_that_slack_cannot_reach_is_refused(String url) {
        var printed = seat();
        assertThat(printed.run("manifest", "slack", "--url", url)).isEqualTo(2);
        assertThat(printed.words()).contains("nothing that Slack could reach", "--url https://");
    }

    @Test
    void another_chat_has_none() {
        var printed = seat();
        assertThat(printed.run("manifest", "irc")).isEqualTo(2);
        assertThat(printed.words()).contains("no manifest for \"irc\"", "Say: slack");
    }
}
