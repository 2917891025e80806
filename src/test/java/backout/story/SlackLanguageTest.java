package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.HandClock;
import backout.story.Board.Posted;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.function.Supplier;

/** What everybody reads is in the site's language, what one person reads is in theirs. */
@SuppressWarnings("NullAway.Init")
class SlackLanguageTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    @AfterEach
    void close() {
        slack.close();
        bot.close();
    }

    /** Whom Slack tells of too late for one answer is answered in theirs the next time. */
    private void isKnown(String person, String language) {
        bot.until(
                "Slack told what " + person + " reads",
                () -> bot.types(person, "help").body().contains(language));
    }

    @Test
    void one_who_reads_chinese_is_told_in_chinese_below_an_english_card() {
        slack.reads("U1LI", "zh-CN");
        bot = SlackBot.on(slack, home, 1, clock).serve();
        isKnown("li", "显示可用的命令");
        isKnown("anna", "Say what can be said");

        assertThat(bot.types("li", "sim relay because 5xx").body())
                .contains("任务 " + bot.runId() + "：在 li 确认之前不会做任何事");
        bot.presses("li", "Confirm");
        bot.awaitWhisper("任务 " + bot.runId() + " 已确认");
        String approve = bot.awaitButton("Approve");
        bot.deliver(bot.press("li", approve));
        bot.awaitWhisper("不能批准自己发起的回滚");
        bot.deliver(bot.press("anna", approve));
        bot.awaitWhisper("run " + bot.runId() + " is approved");

        bot.awaitEnd();
        assertThat(bot.card().text()).contains("done and proven").doesNotContain("验证");
        assertThat(bot.threadText()).contains("li confirmed", "anna approved");
    }

    @Test
    void each_channel_has_its_cards_threads_and_news_in_its_own_language() {
        var shanghai = new Board(slack::call, "C3SHANGHAI");
        bot = SlackBot.on(slack, home, 0, clock).reading("{C3SHANGHAI: zh, C2NEWS: zh}").serve();
        bot.types("li", "sim relay because 5xx");
        assertThat(bot.card().text()).contains("Roll back sim/relay");
        bot.presses("li", "Confirm");
        bot.awaitEnd();
        assertThat(bot.card().text()).contains("done and proven").doesNotContain("验证");
        assertThat(bot.threadText()).contains("li confirmed");
        assertThat(bot.news.messages().getFirst().text()).contains("（li 发起，原因：5xx）");

        bot.service.deploy(SimService.BAD);
        bot.deliver(bot.commandIn("C3SHANGHAI", "li", "sim relay because 5xx"));
        bot.until("a card is there", () -> shanghai.card().isPresent());
        Supplier<Posted> card = () -> shanghai.card().orElseThrow();
        assertThat(card.get().text()).contains("回滚 sim/relay").doesNotContain("Roll back");
        bot.until("it can be confirmed", () -> card.get().button("确认").isPresent());
        String ts = card.get().ts();
        bot.deliver(bot.press("li", card.get().button("确认").orElseThrow()));
        bot.until("the card is final", () -> card.get().text().contains("完成并已验证"));
        assertThat(card.get().ts()).isEqualTo(ts);
        bot.until(
                "the thread tells it",
                () -> String.join("\n", shanghai.thread(card.get())).contains("li 已确认"));
        assertThat(bot.card().text()).contains("done and proven").doesNotContain("验证");
    }

    @Test
    void a_site_that_speaks_chinese_posts_chinese_and_still_answers_others_in_theirs() {
        slack.reads("U1LI", "en-GB");
        slack.reads("U2ANNA", "zh-CN");
        bot = SlackBot.on(slack, home, 1, clock).speaking("zh").serve();
        isKnown("li", "Say what can be said");
        isKnown("anna", "显示可用的命令");

        assertThat(bot.types("li", "sim relay because 5xx").body())
                .contains("run " + bot.runId() + ": nothing is done before li confirms it");
        bot.presses("li", "确认");
        String deny = bot.awaitButton("拒绝…");
        assertThat(bot.card().text()).contains("回滚 sim/relay", "发起人", "li：5xx");
        bot.deliver(bot.press("anna", deny));
        bot.until("anna is asked why", () -> !slack.views().isEmpty());
        assertThat(slack.views().getFirst().toString()).contains("拒绝这次回滚", "暂不");
        bot.presses("anna", "批准");
        bot.until("the run is over", () -> bot.run().outcome().isPresent());
        bot.until("the card is final", () -> bot.card().text().contains("完成并已验证"));
        bot.until("the thread tells it", () -> bot.threadText().contains("anna 已批准"));
        bot.until("it is announced", () -> bot.announcements(bot.runId()) == 1);
        assertThat(bot.news.messages().getFirst().text())
                .contains("sim/relay：已紧急回滚到上一个稳定版本（1.0），请验证功能", "（li 发起，原因：5xx）");
    }
}
