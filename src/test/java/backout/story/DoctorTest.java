package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.run.Evidence;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bot/backout doctor} beside a serving bot: each failure planted once. */
@SuppressWarnings("NullAway.Init")
final class DoctorTest {
    private final HandClock clock = new HandClock();
    @TempDir private Path home;
    private FakeSlack slack;
    private SlackBot bot;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        bot = SlackBot.on(slack, home, 1, clock);
        bot.service.health(SimService.BAD, Evidence.Finding.WELL);
    }

    @AfterEach
    void close() {
        slack.close();
    }

    private Seat doctor(String... options) {
        var words = new ArrayList<>(List.of("doctor"));
        words.addAll(List.of(options));
        return bot.seat().start(words.toArray(String[]::new));
    }

    private Optional<String> test(String channel) {
        return new Board(slack::call, channel)
                .messages().stream()
                        .flatMap(message -> message.button("I see it").stream())
                        .findFirst();
    }

    private void press(String person, String channel) {
        bot.until("a test is in " + channel, () -> test(channel).isPresent());
        bot.deliver(bot.press(person, test(channel).orElseThrow()));
    }

    private void everybodyPresses() {
        press("li", "C2NEWS");
        press("li", "U1LI");
        press("anna", "U2ANNA");
        press("ben", "U3BEN");
        press("dora", "U4DORA");
    }

    @Test
    void a_site_on_which_everything_works_is_well() {
        bot.serve();
        Seat doctor = doctor();
        everybodyPresses();
        assertThat(doctor.exitCode()).as(doctor.words()).isZero();
        assertThat(doctor.words())
                .contains("✓ its checks hold now")
                .contains("✓ it could be rolled back now, from 2.0 to 1.0")
                .contains("✓ the token is that of backout in Acme")
                .contains("✓ the token has every scope that is needed", "✓ this clock is right")
                .contains("✓ channel C2NEWS can be written to")
                .contains("✓ channel C2NEWS: the press of li arrived after")
                .contains("✓ dora (L2): the press of dora arrived after");
        assertThat(bot.news.messages().getFirst().text()).contains("TEST", "it is over");
        assertThat(bot.news.messages().getFirst().buttons()).isEmpty();
        bot.close();
    }

    @Test
    void what_nobody_pressed_is_unknown_and_never_well() {
        bot.serve();
        Seat doctor = doctor();
        press("li", "C2NEWS");
        bot.until("all were written to", () -> test("U4DORA").isPresent());
        bot.deliver(bot.press("ben", test("U4DORA").orElseThrow()));
        bot.until(
                "the press in the channel was heard",
                () -> doctor.words().contains("the press of li arrived"));
        clock.pass(Duration.ofMinutes(3));
        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.words())
                .contains("? dora (L2): no press arrived within 2 min")
                .contains("look whether the chat reaches the bot");
        bot.close();
    }

    @Test
    void without_a_bot_that_serves_no_press_is_waited_for() {
        Seat doctor = doctor();
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("✗ no bot serves, so that no press can arrive");
    }

    @Test
    void for_machines_nobody_is_written_to() {
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).as(doctor.words()).isZero();
        assertThat(slack.calls("chat.postMessage")).isZero();
    }

    @Test
    void a_token_that_is_no_good_is_said_with_what_to_do() {
        slack.revokeToken();
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("✗ Slack refuses: invalid_auth", "copy the bot token");
    }

    @Test
    void the_way_in_is_proved_where_the_bot_calls_slack() {
        bot.overSocket(slack);
        Seat first = doctor("--no-people");
        assertThat(first.exitCode()).isZero();
        assertThat(first.words()).contains("✓ commands and presses come by a socket of Slack's");
        bot.site.write("app-token", "xoxb-of-the-other-kind");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ Slack refuses: not_allowed_token_type", "connections:write")
                .doesNotContain("xoxb-of-the-other-kind");
    }

    @Test
    void a_token_that_slack_takes_back_after_hours_is_told() {
        bot.site.write("token", "xoxe.xoxb-1-secret");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("✗ the token expires", "make a new app");
    }

    @Test
    void a_right_that_is_missing_is_named() {
        slack.grants("commands,chat:write");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ the token lacks the scopes app_mentions:read, channels:history,");
    }

    @Test
    void a_clock_that_is_wrong_is_told_before_every_click_is_refused() {
        slack.isAhead(Duration.ofMinutes(4));
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("✗ this clock is 4 min off that of Slack");
    }

    @Test
    void a_channel_that_cannot_be_written_to_is_named() {
        slack.archive("C2NEWS");
        Seat doctor = doctor();
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ channel C2NEWS: Slack refuses: is_archived", "unarchive the channel");
    }

    @Test
    void a_check_that_does_not_hold_and_a_release_that_is_gone_are_told() {
        bot.service.health(SimService.BAD, Evidence.Finding.UNWELL).refusesPlans("it is gone");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ a check does not hold: container [STATE] (seen: restarting)")
                .contains("✗ it is gone");
    }

    @Test
    void a_check_that_cannot_look_is_unknown_and_so_are_checks_that_cannot_be_read() {
        bot.service.health(SimService.BAD, Evidence.Finding.UNKNOWN);
        Seat blind = doctor("--no-people");
        assertThat(blind.exitCode()).isEqualTo(4);
        assertThat(blind.words())
                .contains("? a check cannot look: container [STATE]")
                .contains("mend it: no rollback would count as proven");
        bot.service.unreadable("the engine is silent");
        Seat unread = doctor("--no-people");
        assertThat(unread.exitCode()).isEqualTo(4);
        assertThat(unread.words())
                .contains("? its checks could not be read: the engine is silent")
                .contains("start the engine");
    }

    @Test
    void a_chat_that_does_not_answer_is_unknown() {
        slack.next("auth.test", FakeSlack.Fault.BROKEN);
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.words()).contains("? Slack answered HTTP 500");
    }

    @Test
    void a_secret_that_is_missing_is_told() {
        bot.site.write("token", "");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("holds nothing");
    }
}
