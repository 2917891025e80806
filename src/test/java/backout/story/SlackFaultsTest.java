package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.HandClock;
import backout.run.Outcome;
import backout.story.Board.Posted;
import backout.story.FakeSlack.Fault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A rollback while Slack has a bad day: it ends the same, and people see the same. */
@Order(4)
@SuppressWarnings("NullAway.Init")
class SlackFaultsTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    @BeforeEach
    void serve() {
        bot = SlackBot.on(slack, home, 1, clock).serve();
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
    }

    private void assertToldOnce() {
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
        assertThat(bot.cards(bot.runId())).isEqualTo(1);
        assertThat(bot.announcements(bot.runId())).isEqualTo(1);
        assertThat(bot.service.moves()).isEqualTo(1);
        assertThat(bot.threadText()).containsOnlyOnce("anna approved");
    }

    @Test
    @DisplayName("a 429 storm must not delay approvals (OC#4087, GA#4188)")
    void a_storm_of_429_delays_no_approval_and_the_end_is_told_once_when_it_is_over() {
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        String approve = bot.awaitButton("Approve");
        bot.until("it is told", () -> bot.threadText().contains("li confirmed"));
        slack.limit(Duration.ofSeconds(30));

        bot.deliver(bot.press("anna", approve));
        bot.until("it is over", () -> bot.run().outcome().isPresent());
        bot.until("the bot was told to wait", () -> slack.rejected() > 0);
        assertThat(bot.service.runs()).isEqualTo(SimService.GOOD);
        assertThat(bot.card().buttons()).as("nothing gets through yet").contains("Approve");

        // the card and the thread may have been under way at the same moment
        assertThat(bot.seat().run("run", "status", "--as", "li")).isZero();
        int rejected = slack.rejected();
        assertThat(rejected).isLessThan(4);
        clock.pass(Duration.ofSeconds(29));
        assertThat(bot.seat().run("run", "status", "--as", "li")).isZero();
        assertThat(slack.rejected()).as("Retry-After is obeyed").isEqualTo(rejected);

        passing("its buttons are gone", () -> bot.card().buttons().isEmpty());
        bot.awaitEnd();
        assertToldOnce();
        assertThat(slack.edits()).filteredOn(text -> text.contains("done and proven")).hasSize(1);
    }

    @Test
    void in_a_storm_of_429_the_card_that_asks_for_votes_comes_as_soon_as_the_storm_is_over() {
        bot.types("li", "sim relay because 5xx");
        String confirm = bot.awaitButton("Confirm");
        slack.limit(Duration.ofSeconds(30));
        bot.deliver(bot.press("li", confirm));
        bot.until("it waits for votes", () -> bot.run().isConfirmed());
        passing("Approve is on the card", () -> has("Approve"));
        bot.presses("anna", "Approve");
        bot.awaitEnd();
        assertToldOnce();
    }

    @Test
    @DisplayName("an SDK's retry posts twice (openclaw#22780): a lost answer makes no second card")
    void lost_answers_of_posts_make_no_second_card_and_no_second_announcement() {
        slack.next("chat.postMessage", Fault.ANSWER_LOST);
        bot.types("li", "sim relay because 5xx");
        passing("Confirm is on the card", () -> has("Confirm"));
        bot.presses("li", "Confirm");
        passing("Approve is on the card", () -> has("Approve"));
        bot.until("it is told", () -> bot.threadText().contains("li confirmed"));
        slack.loseNextAnswerIn("C2NEWS");
        bot.presses("anna", "Approve");
        bot.until("the run is over", () -> bot.run().outcome().isPresent());
        passing("it is announced", () -> bot.announcements(bot.runId()) > 0 && bot.isAllSent());
        bot.awaitEnd();
        assertToldOnce();
        assertThat(slack.calls("conversations.history")).isEqualTo(2);
    }

    private boolean has(String button) {
        return bot.ops.card().flatMap(card -> card.button(button)).isPresent();
    }

    /** Time passes until it is so. */
    private void passing(String what, BooleanSupplier holds) {
        bot.until(
                what,
                () -> {
                    clock.pass(Duration.ofSeconds(1));
                    return holds.getAsBoolean();
                });
    }

    @Test
    void a_slack_that_breaks_and_hangs_ends_with_the_same_card() {
        slack.next("chat.postMessage", Fault.BROKEN);
        bot.types("li", "sim relay because 5xx");
        passing("Confirm is on the card", () -> has("Confirm"));
        slack.next("chat.update", Fault.SILENT);
        bot.presses("li", "Confirm");
        passing("Approve is on the card", () -> has("Approve"));
        slack.next("chat.update", Fault.BROKEN);
        bot.presses("anna", "Approve");
        passing("the card is final", () -> bot.card().buttons().isEmpty());
        bot.awaitEnd();
        assertToldOnce();
    }

    @Test
    void deliveries_that_come_twice_and_in_any_order_converge() {
        long seed = 20260301;
        var random = new Random(seed);
        for (int round = 0; round < 6; round++) {
            bot.service.deploy(SimService.BAD);
            int moves = bot.service.moves();
            String command = bot.command("li", "sim relay because 5xx");
            bot.deliver(command);
            String confirm = bot.awaitButton("Confirm");
            String approve = confirm.replace("confirm:", "approve:");
            List<String> deliveries = new ArrayList<>();
            for (String form :
                    List.of(command, bot.press("li", confirm), bot.press("anna", approve))) {
                deliveries.addAll(List.of(form, form, form));
            }
            Collections.shuffle(deliveries, random);
            for (String form : deliveries) {
                clock.pass(Duration.ofSeconds(1));
                assertThat(bot.deliver(form).status()).isEqualTo(200);
            }
            bot.awaitEnd();
            assertThat(bot.journal().recent(20)).as("seed %d", seed).hasSize(round + 1);
            assertThat(bot.service.moves()).as("seed %d", seed).isEqualTo(moves + 1);
            assertThat(bot.cards(bot.runId())).as("seed %d", seed).isEqualTo(1);
            assertThat(bot.run().votes()).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void what_is_asked_at_the_host_is_voted_on_where_outcomes_are_announced() {
        var host = bot.seat().start("run", "sim relay because 5xx", "--as", "li", "--yes");
        bot.until(
                "the card is where outcomes are announced",
                () -> bot.news.card().flatMap(card -> card.button("Approve")).isPresent());
        Posted card = bot.news.card().orElseThrow();
        bot.until("anna is called", () -> calls(card).contains(bot.account("anna")));

        String approve = card.button("Approve").orElseThrow();
        bot.deliver(bot.press("anna", approve));

        assertThat(host.exitCode()).isZero();
        bot.until("it is announced", () -> bot.announcements(bot.runId()) == 1);
        assertThat(bot.ops.messages()).isEmpty();
    }

    private String calls(Posted card) {
        return String.join("\n", bot.news.thread(card));
    }

    @Test
    void a_card_that_slack_lets_the_bot_change_no_more_is_posted_anew_and_its_buttons_work() {
        bot.types("li", "sim relay because 5xx");
        String confirm = bot.awaitButton("Confirm");
        slack.refuseNext("chat.update", "cant_update_message");
        bot.deliver(bot.press("li", confirm));
        passing("it is there anew", () -> anew().isPresent());
        assertThat(anew().orElseThrow().text()).contains("This card was posted anew");
        passing("it can be approved", () -> anew().orElseThrow().button("Approve").isPresent());
        bot.deliver(bot.press("anna", anew().orElseThrow().button("Approve").orElseThrow()));
        bot.until("the run is over", () -> bot.run().outcome().isPresent());
        passing("it is told there", () -> anew().orElseThrow().text().contains("done and proven"));
    }

    private Optional<Posted> anew() {
        return bot.ops.messages().stream()
                .filter(message -> message.key().startsWith("renewed-"))
                .findFirst();
    }

    @Test
    void switching_slack_on_announces_nothing_of_before() {
        bot.stop();
        bot.enabled(false).votes(0).serve();
        assertThat(bot.seat().run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        bot.stop();
        bot.enabled(true).serve();
        bot.service.deploy(SimService.BAD);
        var before = bot.runId();
        assertThat(bot.seat().run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        bot.until("it is announced", () -> bot.announcements(bot.runId()) == 1);
        assertThat(bot.announcements(before)).isZero();
    }
}
