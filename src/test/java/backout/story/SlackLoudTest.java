package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.SlackDriver.Call;
import backout.run.HandClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** In Slack a call of a higher level stands in the thread and, once, in the channel too. */
@SuppressWarnings("NullAway.Init")
class SlackLoudTest {
    @TempDir Path home;
    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    @BeforeEach
    void open() {
        bot =
                SlackBot.on(slack, home, 1, clock)
                        .people(Map.of("li", "L1", "max", "L1", "anna", "L2", "dora", "L3"), "")
                        .policy("{votes: 1, from: L1, escalate: {L1: 0s, L2: 5m, L3: 15m}}");
    }

    @AfterEach
    void close() {
        bot.close();
        slack.close();
    }

    private List<Call> threadCalls(boolean loud) {
        return slack.calls().stream()
                .filter(call -> call.method().equals("chat.postMessage"))
                .filter(call -> !call.get("thread_ts").isEmpty())
                .filter(call ->
                        (call.get("reply_broadcast").equals("1")
                                        || call.get("reply_broadcast").equals("true"))
                                == loud)
                .toList();
    }

    private void isCalled(String person) {
        bot.until(
                person + " is called in the thread",
                () -> bot.threadText().contains("<@" + bot.account(person) + ">"));
    }

    @Test
    void each_level_after_the_first_is_called_in_the_channel_too_once() {
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        isCalled("max");
        assertThat(threadCalls(true)).isEmpty();
        assertThat(threadCalls(false)).isNotEmpty();
        clock.pass(Duration.ofMinutes(5));
        isCalled("anna");
        bot.restart();
        clock.pass(Duration.ofMinutes(10));
        isCalled("dora");
        assertThat(threadCalls(true))
                .extracting(call -> call.get("blocks"))
                .satisfiesExactly(
                        first -> assertThat(first).contains(bot.account("anna")),
                        second -> assertThat(second).contains(bot.account("dora")));
        assertThat(threadCalls(true))
                .allSatisfy(call -> assertThat(call.get("thread_ts")).isEqualTo(bot.card().ts()));
    }
}
