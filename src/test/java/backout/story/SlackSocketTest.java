package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.util.HashMap;

/** In Slack, where the bot opens a socket and no port: the same stories. */
@SuppressWarnings("NullAway.Init")
@Order(3)
class SlackSocketTest extends ChatContract {
    private FakeSlack slack;

    @Override
    Face face(SlackBot bot, FakeSlack slack) {
        this.slack = slack;
        bot.overSocket(slack).restart();
        return new SlackChatTest.InSlack(bot, slack, new HashMap<>());
    }

    private SlackBot bot() {
        return ((SlackChatTest.InSlack) face()).bot();
    }

    @Test
    void no_port_is_open_to_anybody() {
        assertThat(Await.isFree(bot().port)).isTrue();
        bot().until("it is heard", () -> bot().ready().contains("socket heard"));
        assertThat(slack.sockets().open()).isEqualTo(1);
    }
}
