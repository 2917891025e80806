package backout.chat.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;
import backout.report.Room;
import backout.run.Loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The real JDA on a line to a Discord of ours. */
class GatewayTest {
    private final FakeDiscord discord = new FakeDiscord(InstantSource.system(), "1");
    private final AtomicLong ahead = new AtomicLong();
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final Gateway gateway =
            new Gateway(
                    discord.address(),
                    Optional.of(discord.gateway()),
                    FakeDiscord.TOKEN,
                    heard::add,
                    () -> System.nanoTime() + ahead.get());

    private final Loop loop = gateway.loop();

    @AfterEach
    void close() {
        loop.stop();
        gateway.close();
        assertThat(discord.complaints()).isEmpty();
        discord.close();
    }

    private void connected() {
        loop.start();
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    private String state() {
        try {
            return gateway.state();
        } catch (Room.Later | Room.Refused e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void what_people_do_is_handed_on_as_discord_sent_it() {
        connected();
        var press = discord.press("400000000000000011", "1", "approve:7F3KQ:c0ffee");
        discord.tell(press);
        Await.until("it is heard", () -> heard.size() == 1);
        assertThat(heard.getFirst().path("id")).isEqualTo(press.path("id"));
        assertThat(heard.getFirst().path("token")).isEqualTo(press.path("token"));
        assertThat(heard.getFirst().path("data")).isEqualTo(press.path("data"));
    }

    @Test
    void a_command_and_a_modal_are_heard_too() {
        connected();
        discord.tell(discord.command("400000000000000011", "1", "status", Map.of()));
        var modal = Kit.object().put("custom_id", "form:x:deny 7F3KQ");
        discord.tell(discord.submission("400000000000000011", "1", modal, Map.of()));
        Await.until("both are heard", () -> heard.size() == 2);
    }

    /** A6. */
    @Test
    void a_token_that_discord_does_not_know_is_final_and_told() {
        discord.closesWith(4004);
        loop.start();
        Await.until("it is told", () -> state().contains("does not know this token"));
        assertThatThrownBy(gateway::state).isInstanceOf(Room.Refused.class);
        ahead.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(discord.identified()).hasSize(1);
    }

    @Test
    void an_intent_that_is_refused_is_final_and_told() {
        discord.closesWith(4014);
        loop.start();
        Await.until("it is told", () -> state().contains("closed the line for good: 4014"));
        assertThat(discord.identified()).hasSize(1);
    }

    @Test
    void a_token_that_rest_does_not_know_is_final_too() {
        var wrong =
                new Gateway(
                        discord.address(),
                        Optional.of(discord.gateway()),
                        "wrong",
                        heard::add,
                        System::nanoTime);
        Loop other = wrong.loop().start();
        Await.until(
                "it is told",
                () -> {
                    try {
                        return wrong.state().isEmpty();
                    } catch (Room.Refused e) {
                        return e.problem().toString().contains("does not know this token");
                    } catch (Room.Later e) {
                        return false;
                    }
                });
        other.stop();
        wrong.close();
        assertThat(discord.identified()).isEmpty();
    }

    /** A7: the line is open, and nothing comes in. */
    @Test
    void a_line_on_which_nothing_comes_in_is_connected_anew() {
        connected();
        discord.acknowledges(false);
        Await.until(
                "it comes again",
                () -> {
                    // an acknowledgement may still have been on its way
                    ahead.addAndGet(Gateway.SILENT.toNanos() / 10);
                    return discord.identified().size() >= 2;
                });
        discord.acknowledges(true);
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    @Test
    void while_nothing_is_heard_it_is_said() {
        assertThat(state()).isEqualTo("being connected");
        ahead.addAndGet(Gateway.SILENT.toNanos());
        assertThat(state()).contains("nothing is heard from its gateway");
    }

    @Test
    void a_discord_that_is_not_there_yet_is_tried_again() {
        discord.next("GET /users/@me", 503, 0);
        discord.next("GET /users/@me", 503, 0);
        loop.start();
        Await.until(
                "it is connected",
                () -> {
                    ahead.addAndGet(Duration.ofSeconds(1).toNanos());
                    return state().startsWith("heard");
                });
    }
}
