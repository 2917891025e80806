package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.FakeSocketMode;
import backout.report.Room;
import backout.run.Loop;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Our end of Socket Mode before a Slack that renews, throws out, goes silent and says no. */
class SlackSocketLineTest {
    private static final String TYPE = "slash_commands";

    private final FakeSocketMode slack = new FakeSocketMode();
    private final MockWebServer web = new MockWebServer();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong ahead = new AtomicLong();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch journalled = new CountDownLatch(1);
    private volatile String refusal = "";
    private SlackApi api;
    private SlackSocket socket;
    private Loop loop;

    @BeforeEach
    void open() throws IOException {
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        asked.incrementAndGet();
                        String body =
                                refusal.isEmpty()
                                        ? "{\"ok\":true,\"url\":\"" + slack.address() + "\"}"
                                        : "{\"ok\":false,\"error\":\"" + refusal + "\"}";
                        return new MockResponse(
                                200, Headers.of("Content-Type", "application/json"), body);
                    }
                });
        web.start();
        api = SlackApi.at(web.url("/api/").uri(), "xapp-secret", Duration.ofSeconds(5));
        socket = new SlackSocket(api, this::answered, () -> System.nanoTime() + ahead.get());
        loop = socket.loop();
    }

    private Optional<String> answered(String payload) {
        heard.add(payload);
        if (payload.contains("slow")) {
            await(journalled);
        }
        return Optional.of("{\"text\":\"done\"}");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void close() {
        journalled.countDown();
        loop.stop();
        socket.close();
        slack.close();
        web.close();
        api.close();
    }

    private void connected() {
        loop.start();
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    private String state() {
        try {
            return socket.state();
        } catch (Room.Later | Room.Refused e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void an_envelope_is_acknowledged_when_it_is_worked_on_and_no_earlier() {
        connected();
        slack.tell("e1", TYPE, "{\"text\":\"slow\"}");
        Await.until("it is heard", () -> heard.size() == 1);
        slack.tell("e2", TYPE, "{\"text\":\"quick\"}");
        assertThat(slack.acknowledgement("e2")).contains("done");
        assertThat(slack.isAcknowledged("e1")).isFalse();
        journalled.countDown();
        assertThat(slack.acknowledgement("e1")).isEqualTo("{\"text\":\"done\"}");
    }

    @Test
    void what_takes_no_answer_gets_none() {
        connected();
        slack.tell("e1", "events_api", "{\"type\":\"event_callback\"}");
        assertThat(slack.acknowledgement("e1")).isEmpty();
    }

    @Test
    void what_comes_twice_is_done_once_and_acknowledged_twice() {
        connected();
        slack.tell("e1", TYPE, "{}");
        slack.tell("e1", TYPE, "{}");
        Await.until("both are acknowledged", () -> slack.acknowledged() == 2);
        assertThat(heard).hasSize(1);
    }

    /** B2: what is under way on the old one is acknowledged there. */
    @Test
    void renewed_it_opens_the_new_one_before_the_old_one_goes_and_loses_nothing() {
        connected();
        slack.tell("e1", TYPE, "{\"text\":\"slow\"}");
        Await.until("it is heard", () -> heard.size() == 1);
        slack.announceEnd("refresh_requested");
        Await.until("there are two", () -> slack.open() == 2);
        slack.tellOnOldest("e2", TYPE, "{}");
        slack.tell("e3", TYPE, "{}");
        assertThat(slack.acknowledgement("e2")).contains("done");
        assertThat(slack.acknowledgement("e3")).contains("done");
        journalled.countDown();
        assertThat(slack.acknowledgement("e1")).contains("done");
        slack.closeOldest();
        slack.tell("e4", TYPE, "{}");
        assertThat(slack.acknowledgement("e4")).contains("done");
        assertThat(slack.greeted()).isEqualTo(2);
        assertThat(state()).startsWith("heard");
    }

    @Test
    void a_warning_is_a_renewal_and_what_slack_forgets_to_close_is_closed() {
        connected();
        slack.announceEnd("warning");
        Await.until("there are two", () -> slack.open() == 2);
        ahead.addAndGet(Duration.ofSeconds(31).toNanos());
        Await.until("there is one", () -> slack.open() == 1);
        assertThat(slack.greeted()).isEqualTo(2);
    }

    /** B1: the socket is open, and nothing comes in. */
    @Test
    void a_silent_one_is_connected_anew_and_one_that_is_pinged_is_not() {
        connected();
        ahead.addAndGet(SlackLine.SILENT.toNanos() / 2);
        slack.tell("e1", TYPE, "{}");
        slack.acknowledgement("e1");
        assertThat(slack.greeted()).isEqualTo(1);
        slack.pings(false);
        Await.until(
                "it comes again",
                () -> {
                    // a ping may still have been on its way
                    ahead.addAndGet(SlackLine.SILENT.toNanos() / 10);
                    return slack.greeted() >= 2;
                });
        slack.pings(true);
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    @Test
    void cut_off_it_comes_again_and_says_so_only_when_it_takes_long() {
        connected();
        slack.cut();
        Await.until("it comes again", () -> slack.open() == 1);
        refusal = "internal_error";
        slack.cut();
        Await.until("it is told", () -> state().contains("buttons and commands do not arrive"));
        refusal = "";
        Await.until(
                "it comes again",
                () -> {
                    ahead.addAndGet(Duration.ofSeconds(1).toNanos());
                    return slack.open() == 1;
                });
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    /** It is asked less and less often, at least once a minute. */
    @Test
    void while_slack_gives_none_it_is_asked_less_and_less_often() {
        refusal = "internal_error";
        loop.start();
        Await.until("it was asked", () -> asked.get() == 1);
        int steps = 0;
        while (asked.get() < 9) {
            int before = asked.get();
            ahead.addAndGet(Duration.ofSeconds(60).toNanos());
            Await.until("it was asked again", () -> asked.get() > before);
            steps++;
        }
        assertThat(steps).isEqualTo(8);
        refusal = "";
        ahead.addAndGet(Duration.ofSeconds(60).toNanos());
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    @Test
    void a_token_that_is_none_is_told_with_what_to_do_and_tried_again_rarely() {
        refusal = "invalid_auth";
        loop.start();
        Await.until("it is told", () -> state().contains("invalid_auth"));
        assertThatThrownBy(socket::state)
                .isInstanceOf(Room.Refused.class)
                .hasMessageContaining("connections:write")
                .hasMessageContaining("slack/app-token");
        ahead.addAndGet(Duration.ofSeconds(61).toNanos());
        refusal = "";
        ahead.addAndGet(Duration.ofMinutes(5).toNanos());
        Await.until("it is connected", () -> state().startsWith("heard"));
        assertThat(asked).hasValue(2);
    }

    /** B2. */
    @Test
    void socket_mode_switched_off_is_told_as_that() {
        connected();
        slack.greetWith("link_disabled");
        slack.announceEnd("link_disabled");
        Await.until("it is told", () -> state().contains("Socket Mode is switched off"));
        assertThatThrownBy(socket::state).isInstanceOf(Room.Refused.class);
        slack.greetWith("");
        ahead.addAndGet(Duration.ofMinutes(5).toNanos());
        Await.until("it is connected", () -> state().startsWith("heard"));
    }

    /** B2: while it connects. */
    @Test
    void too_many_sockets_are_told_and_it_goes_on_trying() {
        slack.greetWith("too_many_websockets");
        loop.start();
        Await.until("it is told", () -> state().contains("no further socket"));
        assertThat(state()).contains("look for other bots");
        slack.greetWith("");
        Await.until(
                "it is connected",
                () -> {
                    ahead.addAndGet(Duration.ofSeconds(1).toNanos());
                    return state().startsWith("heard");
                });
    }

    @Test
    void frames_that_mean_nothing_do_no_harm() {
        connected();
        for (String frame :
                List.of(
                        "",
                        "no json",
                        "[]",
                        "{}",
                        "{\"type\":\"x\"}",
                        "{\"envelope_id\":\"e9\"}")) {
            slack.write(frame);
        }
        slack.write("{\"type\":{},\"envelope_id\":[]}");
        slack.tell("e1", TYPE, "{\"text\":\"" + "x".repeat(100_000) + "\"}");
        assertThat(slack.acknowledgement("e1")).contains("done");
        slack.write("x".repeat(2 << 20));
        Await.until("it is connected anew", () -> slack.greeted() == 2);
    }

    @Test
    void nothing_that_it_says_of_itself_holds_an_address_or_a_token() {
        connected();
        assertThat(state()).doesNotContain("ticket", "ws:", "xapp");
        assertThat(api.toString()).doesNotContain("xapp");
    }
}
