package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.FakeDiscord;
import backout.run.Evidence;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code bot/backout doctor} beside a bot that serves Discord: each failure planted once. */
@SuppressWarnings("NullAway.Init")
final class DiscordDoctorTest {
    private static final String NEWS = SlackBot.DISCORD_NEWS;
    private static final String COMMANDS =
            "PUT /applications/" + FakeDiscord.APPLICATION + "/commands";

    private final HandClock clock = new HandClock();
    @TempDir private Path home;
    private FakeSlack slack;
    private FakeDiscord discord;
    private SlackBot bot;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        discord = new FakeDiscord(clock, SlackBot.DISCORD_OPS, NEWS);
        bot = SlackBot.on(slack, home, 1, clock).discord(discord).enabled(false).serve();
        bot.service.health(SimService.BAD, Evidence.Finding.WELL);
        bot.until("its commands are told", () -> discord.calls(COMMANDS) == 1);
        bot.until("it listens", discord::listens);
    }

    @AfterEach
    void close() {
        bot.close();
        slack.close();
        discord.close();
        assertThat(discord.complaints()).isEmpty();
    }

    private Seat doctor(String... options) {
        var words = new ArrayList<>(List.of("doctor"));
        words.addAll(List.of(options));
        return bot.seat().start(words.toArray(String[]::new));
    }

    private void press(String person) {
        press(person, () -> discord.written(SlackBot.discordAccount(person)));
    }

    private void pressInChannel(String person) {
        press(person, () -> discord.messages(NEWS));
    }

    private void press(String person, Supplier<List<ObjectNode>> where) {
        bot.until("a test for " + person, () -> button(where.get()).isPresent());
        String button = button(where.get()).orElseThrow();
        discord.tell(discord.press(SlackBot.discordAccount(person), NEWS, button));
    }

    private static Optional<String> button(List<ObjectNode> messages) {
        return messages.stream()
                .flatMap(message -> FakeDiscord.buttons(message).stream())
                .findFirst();
    }

    @Test
    void a_discord_in_which_everything_works_is_well() {
        Seat doctor = doctor();
        pressInChannel("li");
        List.of("li", "anna", "ben", "dora").forEach(this::press);
        assertThat(doctor.exitCode()).as(doctor.words()).isZero();
        assertThat(doctor.words())
                .contains("✓ the token is that of Backout")
                .contains("✓ commands and presses come by the gateway")
                .contains("✓ its commands are those of this site", "✓ this clock is right")
                .contains("✓ channel " + NEWS + " can be written to")
                .contains("✓ channel " + NEWS + ": a thread can be opened")
                .contains("✓ channel " + NEWS + ": the press of li arrived after")
                .contains("✓ dora (L2): the press of dora arrived after");
        ObjectNode test = discord.messages(NEWS).getFirst();
        assertThat(FakeDiscord.read(test)).contains("TEST", "it is over");
        assertThat(FakeDiscord.buttons(test)).isEmpty();
    }

    @Test
    void what_nobody_pressed_is_unknown_and_never_well() {
        Seat doctor = doctor();
        bot.until(
                "all were written to",
                () -> !discord.written(SlackBot.discordAccount("dora")).isEmpty());
        pressInChannel("li");
        bot.until("li was heard", () -> doctor.words().contains("the press of li arrived"));
        clock.pass(Duration.ofMinutes(3));
        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.words())
                .contains("? dora (L2): no press arrived within 2 min")
                .contains("look whether the chat reaches the bot");
    }

    @Test
    void for_machines_nobody_is_written_to() {
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).as(doctor.words()).isZero();
        assertThat(discord.messages(NEWS)).isEmpty();
    }

    @Test
    void a_token_that_is_no_good_is_said_with_what_to_do() {
        bot.site.write("discord-token", "MTIz.of-another.bot");
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ Discord answered HTTP 401", "copy the bot token")
                .doesNotContain("of-another");
    }

    @Test
    void a_public_key_of_another_application_is_told() {
        bot.discord(discord, "public-key: \"" + "a1".repeat(32) + "\"").enabled(false);
        discord.calls("https://b.example.com/discord/interactions", "b2".repeat(32));
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ discord/public-key in chat.yml is not this application's")
                .contains("General Information, Public Key");
    }

    @Test
    void a_clock_that_is_wrong_is_told() {
        discord.isAhead(Duration.ofMinutes(4));
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words()).contains("✗ this clock is 4 min off that of Discord");
    }

    @Test
    void a_channel_that_the_bot_may_not_write_to_is_named_with_the_permissions() {
        discord.forbidsMessages(NEWS);
        Seat doctor = doctor();
        List.of("li", "anna", "ben", "dora").forEach(this::press);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ channel " + NEWS + ": Discord refuses:", "(50013)")
                .contains("send messages, read their history")
                .doesNotContain("a thread can be opened");
    }

    @Test
    void a_channel_that_somebody_deleted_is_named() {
        discord.delete(NEWS);
        Seat doctor = doctor();
        List.of("li", "anna", "ben", "dora").forEach(this::press);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ channel " + NEWS + ": Discord refuses:", "(10003)")
                .contains("it is wrong, or somebody deleted it")
                .doesNotContain("channel " + NEWS + " can be written to");
    }

    @Test
    void commands_that_discord_does_not_have_are_told() {
        discord.forgetsCommands();
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ its commands are not those of this site")
                .contains("start bot/backout serve: it tells Discord");
    }

    /** Only the process that holds the line knows it. */
    @Test
    void a_line_that_discord_closed_for_good_is_on_the_doctors_page() {
        discord.closesWith(4014);
        bot.restart();
        try (var li = Visitor.of("li", bot.seat())) {
            bot.until("it is told", () -> li.examine().contains("closed the line for good: 4014"));
            assertThat(li.get("/doctor")).contains("✗", "class=\"failed\"");
        }
    }

    @Test
    void a_channel_in_which_the_bot_may_open_no_thread_is_named() {
        discord.forbidsThreads(NEWS);
        Seat doctor = doctor();
        pressInChannel("li");
        List.of("li", "anna", "ben", "dora").forEach(this::press);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✓ channel " + NEWS + " can be written to")
                .contains("✗ channel " + NEWS + ": Discord refuses:", "create threads there");
    }

    @Test
    void who_takes_no_direct_messages_is_named_before_they_are_needed() {
        discord.closes(SlackBot.discordAccount("dora"));
        Seat doctor = doctor();
        pressInChannel("li");
        List.of("li", "anna", "ben").forEach(this::press);
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.words())
                .contains("✗ dora (L2): Discord refuses:", "(50007)")
                .contains("have them allow direct messages")
                .contains("✓ ben (L2): the press of ben arrived after");
    }

    @Test
    void a_discord_that_does_not_answer_is_unknown() {
        discord.next("GET /applications/@me", FakeDiscord.Fault.BROKEN);
        discord.next("GET /applications/@me", FakeDiscord.Fault.BROKEN);
        Seat doctor = doctor("--no-people");
        assertThat(doctor.exitCode()).isEqualTo(4);
        assertThat(doctor.words()).contains("? Discord answered HTTP 502");
    }
}
