package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.fixture.FakeDiscord;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** In Discord, where Discord calls the bot: the same stories, each signed, and no gateway. */
class DiscordHttpTest extends ChatContract {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final KeyPair KEYS = keys();

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        var discord =
                new FakeDiscord(bot.clock, SlackBot.DISCORD_OPS, SlackBot.DISCORD_NEWS) {
                    @Override
                    public boolean listens() {
                        return true;
                    }

                    @Override
                    public String tell(ObjectNode interaction) {
                        var answer = send(bot, interaction.toString(), bot.clock.instant());
                        if (answer.statusCode() == 200 && !answer.body().isEmpty()) {
                            answered(interaction, answer.body());
                        }
                        return interaction.path("id").asString("");
                    }
                };
        byte[] encoded = KEYS.getPublic().getEncoded();
        String key =
                HexFormat.of()
                        .formatHex(
                                Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        bot.discord(discord, "public-key: \"" + key + "\"").restart();
        return new DiscordChatTest.InDiscord(bot, discord);
    }

    private static HttpResponse<String> send(SlackBot bot, String body, Instant at) {
        String stamp = Long.toString(at.getEpochSecond());
        return send(bot, body, stamp, signature(stamp + body));
    }

    private static String signature(String text) {
        try {
            var signing = Signature.getInstance("Ed25519");
            signing.initSign(KEYS.getPrivate());
            signing.update(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> send(
            SlackBot bot, String body, String stamp, String signature) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:%d/discord/interactions"
                                                .formatted(bot.port)))
                        .header("X-Signature-Timestamp", stamp)
                        .header("X-Signature-Ed25519", signature)
                        // whoever is refused by its length alone would be cut while still sending
                        .expectContinue(body.length() > 64 << 10)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private DiscordChatTest.InDiscord discord() {
        return (DiscordChatTest.InDiscord) face();
    }

    @Test
    void a_ping_is_answered_and_a_forged_one_is_not() {
        SlackBot bot = discord().bot();
        String ping = "{\"type\":1,\"id\":\"1\"}";
        assertThat(send(bot, ping, bot.clock.instant()).body()).isEqualTo("{\"type\":1}");
        String stamp = Long.toString(bot.clock.instant().getEpochSecond());
        assertThat(send(bot, ping, stamp, "00".repeat(64)).statusCode()).isEqualTo(401);
        assertThat(send(bot, ping, stamp, "").statusCode()).isEqualTo(401);
        assertThat(send(bot, ping + " ", stamp, signature(stamp + ping)).statusCode())
                .isEqualTo(401);
        assertThat(send(bot, ping, bot.clock.instant().minusSeconds(301)).statusCode())
                .isEqualTo(401);
        assertThat(send(bot, ping, bot.clock.instant().plusSeconds(301)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void what_is_not_signed_is_not_read_and_what_is_too_long_neither() {
        SlackBot bot = discord().bot();
        String stamp = Long.toString(bot.clock.instant().getEpochSecond());
        String huge = "x".repeat(1 << 20);
        assertThat(send(bot, huge, stamp, signature(stamp + huge)).statusCode()).isEqualTo(413);
    }

    @Test
    void what_was_captured_and_is_sent_again_does_nothing() {
        SlackBot bot = discord().bot();
        FakeDiscord discord = discord().discord();
        String body =
                discord.command(
                                SlackBot.discordAccount("li"),
                                SlackBot.DISCORD_OPS,
                                "sim",
                                Map.of("reason", "5xx"))
                        .toString();
        String stamp = Long.toString(bot.clock.instant().getEpochSecond());
        String signature = signature(stamp + body);
        assertThat(send(bot, body, stamp, signature).body()).contains("\"type\":4");
        var again = send(bot, body, stamp, signature);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEmpty();
        var signedAgain = send(bot, body, bot.clock.instant().plusSeconds(1));
        assertThat(signedAgain.body()).isEmpty();
        assertThat(bot.journal().recent(5)).hasSize(1);
    }

    @Test
    void no_gateway_is_connected() {
        discord().says("li", "status");
        assertThat(discord().discord().identified()).isEmpty();
    }
}
