package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;
import backout.run.HandClock;
import backout.run.Run;
import backout.story.DiscordChatTest.InDiscord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * In Discord a reply in a thread is seen by few: what everybody should hear stands in the channel.
 */
@SuppressWarnings("NullAway.Init")
class DiscordLoudTest {
    private static final String OPS = SlackBot.DISCORD_OPS;

    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private FakeSlack slack;
    private FakeDiscord discord;
    private SlackBot bot;
    private InDiscord face;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        discord = new FakeDiscord(clock, OPS, SlackBot.DISCORD_NEWS);
        bot =
                SlackBot.on(slack, home, 1, clock)
                        .discord(discord)
                        .people(Map.of("li", "L1", "max", "L1", "anna", "L2", "dora", "L3"), "")
                        .policy("{votes: 1, from: L1, escalate: {L1: 0s, L2: 5m, L3: 15m}}");
        face = new InDiscord(bot, discord);
    }

    @AfterEach
    void close() {
        bot.close();
        slack.close();
        face.close();
    }

    private void eventually(String what, BooleanSupplier holds) {
        Await.until(what, holds);
    }

    private void asked() {
        bot.serve();
        face.says("li", "sim relay because 5xx");
        eventually(
                "a plan",
                () -> !bot.journal().recent(1).isEmpty() && bot.run().planned().isPresent());
        eventually("confirm is on the card", () -> face.find("confirm").isPresent());
        face.presses("li", face.find("confirm").orElseThrow());
        eventually("li confirmed", () -> bot.run().isConfirmed());
        eventually("all is told", this::isAllTold);
    }

    private boolean isAllTold() {
        Run run = bot.run();
        return bot.isAllCalled() && thread().toString().contains("is called") && run.isConfirmed();
    }

    private List<ObjectNode> channel() {
        return discord.messages(OPS);
    }

    private List<ObjectNode> thread() {
        return discord.messages(channel().getFirst().path("id").asString(""));
    }

    private List<ObjectNode> shouts() {
        return channel().stream().skip(1).toList();
    }

    @Test
    void each_level_after_the_first_is_called_in_the_channel_once_below_the_card() {
        asked();
        assertThat(shouts()).isEmpty();
        clock.pass(Duration.ofMinutes(5));
        eventually("L2 is called there", () -> shouts().size() == 1);
        ObjectNode shout = shouts().getFirst();
        assertThat(shout.path("message_reference").path("message_id").asString(""))
                .isEqualTo(channel().getFirst().path("id").asString(""));
        assertThat(shout.toString())
                .contains("<@" + SlackBot.discordAccount("anna") + ">")
                .contains("sim/relay: please approve or deny what li asks for");
        bot.restart();
        clock.pass(Duration.ofMinutes(10));
        eventually("L3 is called there", () -> shouts().size() == 2);
        assertThat(shouts().getLast().toString())
                .contains("<@" + SlackBot.discordAccount("dora") + ">");
    }
}
