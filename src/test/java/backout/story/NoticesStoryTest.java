package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.HandClock;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BooleanSupplier;

/** A rollback in Slack, of which a DingTalk group and another program are told. */
@SuppressWarnings("NullAway.Init")
class NoticesStoryTest {
    private static final String WRONG = "{\"errcode\":310000,\"errmsg\":\"sign not match\"}";
    private static final String RIGHT = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private final MockWebServer web = new MockWebServer();

    /** What each address answers next; then it takes everything. */
    private final Deque<MockResponse> robot = new ConcurrentLinkedDeque<>();

    private final Deque<MockResponse> program = new ConcurrentLinkedDeque<>();

    /** What each took. */
    private final Deque<String> group = new ConcurrentLinkedDeque<>();

    private final Deque<JsonNode> events = new ConcurrentLinkedDeque<>();
    private SlackBot bot;

    @BeforeEach
    void open() throws IOException {
        web.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        web.start(InetAddress.getLoopbackAddress(), 0);
        Files.writeString(home.resolve("told-secret"), "s3cret");
        bot = SlackBot.on(slack, home, 1, clock).telling(receivers());
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
        web.close();
    }

    private String receivers() {
        return """
        dingtalk/ops: {address: "http://127.0.0.1:%d/robot", token: "file:%s", language: zh}
        """
                        .formatted(web.getPort(), home.resolve("told-secret"))
                + program("");
    }

    /**
     * @param more of its keys
     */
    private String program(String more) {
        return """
        webhook/program: {url: "http://127.0.0.1:%d/program", secret: "file:%s"%s}
        """
                .formatted(web.getPort(), home.resolve("told-secret"), more);
    }

    private MockResponse answer(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        boolean isRobot = request.getTarget().startsWith("/robot");
        MockResponse trouble = (isRobot ? robot : program).poll();
        if (trouble != null) {
            return trouble;
        }
        JsonNode json = new JsonMapper().readTree(body);
        if (isRobot) {
            group.add(json.path("text").path("content").asString());
            return new MockResponse(200, Headers.of(), RIGHT);
        }
        events.add(json);
        return new MockResponse(204, Headers.of(), "");
    }

    private void rollBack() {
        bot.presses("li", "Confirm");
        bot.presses("anna", "Approve");
        bot.awaitEnd();
    }

    /** Time goes on while it is waited for. */
    private void passing(String what, BooleanSupplier holds) {
        bot.until(
                what,
                () -> {
                    clock.pass(Duration.ofSeconds(1));
                    return holds.getAsBoolean();
                });
    }

    private List<String> ids() {
        return events.stream().map(event -> event.path("id").asString()).toList();
    }

    @Test
    void both_are_told_once_in_their_language_also_when_the_bot_is_started_again() {
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        passing("both are told of the request", () -> group.size() == 1 && events.size() == 1);
        rollBack();
        passing("both are told of the end", () -> group.size() == 2 && events.size() == 2);
        bot.restart();
        passing("the slow start is over", () -> bot.isAllTold("dingtalk/ops", "webhook/program"));
        assertThat(group.getFirst()).startsWith("sim/relay：li 请求回滚，原因：5xx。");
        assertThat(group.getLast())
                .contains("已紧急回滚到上一个稳定版本（1.0），请验证功能", "2.0 → 1.0", "批准人: anna")
                .contains("请在 git 里也撤销这次变更");
        assertThat(ids()).doesNotHaveDuplicates().hasSize(2);
        JsonNode end = events.getLast();
        assertThat(end.path("result").asString()).isEqualTo("proven");
        assertThat(end.path("from").asString()).isEqualTo("2.0");
        assertThat(end.path("to").asString()).isEqualTo("1.0");
        assertThat(end.path("approved-by").asString()).isEqualTo("anna");
        String head = end.path("audit").asString();
        assertThat(head).matches("[0-9]+:[0-9a-f]{16}");
        assertThat(end.path("text").asString()).endsWith("audit " + head);
        assertThat(group.getLast()).contains(head);
        assertThat(group).hasSize(2);
    }

    @Test
    void who_is_told_what_can_be_changed_while_the_bot_serves() {
        bot.serve();
        bot.until("the robot is there", () -> bot.ready().contains("receiver dingtalk/ops"));
        bot.telling(program(", tells: [lock, outcome]"));
        passing("the robot is gone", () -> !bot.ready().contains("receiver dingtalk/ops"));
        assertThat(bot.ready()).contains("receiver webhook/program");
        bot.types("li", "sim relay because 5xx");
        bot.awaitButton("Confirm");
        bot.telling(receivers());
        passing("the robot is back", () -> bot.ready().contains("receiver dingtalk/ops"));
        rollBack();
        passing("both are told", () -> bot.isAllTold("dingtalk/ops", "webhook/program"));
        assertThat(group).singleElement().asString().contains("已紧急回滚");
        assertThat(events).singleElement().asString().contains("\"event\":\"outcome\"");
        assertThat(bot.healthy()).isTrue();
    }

    @Test
    void what_is_refused_or_cut_off_is_lost_to_nobody_and_delays_no_card() {
        robot.add(new MockResponse(200, Headers.of(), WRONG));
        robot.add(new MockResponse(503, Headers.of(), ""));
        program.add(new MockResponse(429, Headers.of("Retry-After", "20"), ""));
        program.add(
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        rollBack();
        bot.until("the robot refuses", () -> bot.ready().contains("errcode 310000"));
        assertThat(bot.ready())
                .contains("receiver dingtalk/ops", "sign not match")
                .doesNotContain("s3cret");
        bot.restart();
        passing("both are told", () -> !group.isEmpty() && !events.isEmpty());
        passing("all is told", () -> bot.isAllTold("dingtalk/ops", "webhook/program"));
        assertThat(String.join("\n", group)).containsOnlyOnce("已紧急回滚");
        assertThat(events.getLast().path("event").asString()).isEqualTo("outcome");
        assertThat(ids()).doesNotHaveDuplicates();
    }
}
