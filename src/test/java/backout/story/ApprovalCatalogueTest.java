package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.SlackDriver.Answer;
import backout.run.HandClock;
import backout.run.Outcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Who may say yes, to what, and how often: where other bots for approvals went wrong. */
@SuppressWarnings("NullAway.Init")
class ApprovalCatalogueTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    @BeforeEach
    void open() {
        bot = SlackBot.on(slack, home, 1, clock);
    }

    private void serve(int votes) {
        bot.votes(votes).serve();
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
    }

    /** Typed and confirmed by li; gives what the Approve button sends. */
    private String approvable() {
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        return bot.awaitButton("Approve");
    }

    private void assertProvenOnce() {
        bot.awaitEnd();
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
        assertThat(bot.service.moves()).isEqualTo(1);
        assertThat(bot.cards(bot.runId())).isEqualTo(1);
    }

    /** All at the same moment, as far as threads can. */
    private void atOnce(List<String> forms) throws Exception {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Answer>> clicks = new ArrayList<>();
            forms.forEach(form -> clicks.add(() -> bot.deliver(form)));
            for (var click : people.invokeAll(clicks)) {
                assertThat(click.get().status()).isEqualTo(200);
            }
        }
    }

    @Test
    @DisplayName("two simultaneous approvals are one start (sso-elevator#47)")
    void two_approvals_at_once() throws Exception {
        serve(1);
        String approve = approvable();
        atOnce(List.of(bot.press("anna", approve), bot.press("ben", approve)));
        assertProvenOnce();
    }

    @Test
    void a_hundred_concurrent_approve_clicks_give_one_run() throws Exception {
        serve(2);
        String approve = approvable();
        var clicks = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            clicks.add(bot.press(i % 2 == 0 ? "anna" : "ben", approve));
        }
        atOnce(clicks);
        assertProvenOnce();
        assertThat(bot.run().votes()).extracting("by").containsExactlyInAnyOrder("anna", "ben");
        assertThat(bot.journal().recent(10)).hasSize(1);
    }

    @Test
    @DisplayName("self-approval is refused on every way in, not in one of them (hoop#693)")
    void self_approval() {
        serve(1);
        String approve = approvable();
        bot.deliver(bot.press("li", approve));
        bot.awaitWhisper("nobody approves their own rollback");
        assertThat(bot.types("li", "approve " + bot.runId()).body())
                .contains("nobody approves their own rollback", "anna, ben, dora");
        var terminal = bot.seat();
        assertThat(terminal.run("run", "approve " + bot.runId(), "--as", "li")).isEqualTo(2);
        assertThat(terminal.words()).contains("nobody approves their own rollback");
        assertThat(bot.run().votes()).isEmpty();
        assertThat(bot.service.moves()).isZero();
    }

    @Test
    @DisplayName("one person counts once, whichever way they say it (superplane#7518)")
    void one_person_counts_once() {
        serve(2);
        String approve = approvable();
        bot.deliver(bot.press("anna", approve));
        bot.deliver(bot.press("anna", approve));
        assertThat(bot.types("anna", "approve " + bot.runId()).body()).contains("already");
        var terminal = bot.seat();
        assertThat(terminal.run("run", "approve " + bot.runId(), "--as", "anna")).isZero();
        assertThat(terminal.words()).contains("you approved it already");
        bot.until("the card counts", () -> bot.card().text().contains("1 of 2"));
        assertThat(bot.service.moves()).isZero();
        assertThat(bot.seat().run("run", "approve " + bot.runId(), "--as", "ben")).isZero();
        assertProvenOnce();
    }

    @Test
    @DisplayName("whoever approves sees what is approved (nautobot#8705)")
    void the_card_shows_what_is_approved() {
        serve(1);
        String digest = "sha256:" + "7aa".repeat(21) + "7";
        bot.service.moveTag(digest);
        String approve = approvable();
        String plan = bot.run().plan().hash();
        assertThat(approve).isEqualTo("approve:" + bot.runId() + ":" + plan);
        assertThat(bot.card().text())
                .contains("2.0 → 1.0", "the last one whose checks held", "li: 5xx", "downtime")
                .contains("1 vote of L2: anna, ben, dora")
                .contains("run " + bot.runId() + " · plan " + plan);
        bot.until("it is told in full", () -> bot.threadText().contains("Proof"));
        assertThat(bot.threadText())
                .contains("2.0 (3 min)", SimService.BAD)
                .contains("1.0 (6 d)", "7aa7aa7aa7aa")
                .contains("swap the box", "expected downtime", "container [STATE] == running");
    }

    @Test
    @DisplayName("a decision stops further calls for votes (OC#4654)")
    void nobody_is_called_for_what_is_decided() {
        serve(1);
        bot.types("li", "sim relay because 5xx");
        String confirm = bot.awaitButton("Confirm");
        slack.limit(Duration.ofSeconds(30));
        bot.deliver(bot.press("li", confirm));
        bot.deliver(bot.press("anna", confirm.replace("confirm:", "approve:")));
        bot.until("it is over", () -> bot.run().outcome().isPresent());
        clock.pass(Duration.ofSeconds(31));
        assertProvenOnce();
        assertThat(bot.threadText())
                .contains("anna approved")
                .doesNotContain("please approve", "<@U2ANNA>", "<@U3BEN>");
    }

    @Test
    @DisplayName("a mutable ref moved after the approval: asked again (branch-deploy#373)")
    void a_tag_that_moved() {
        serve(1);
        String old = approvable();
        bot.until("both are called", () -> bot.threadText().contains("<@U2ANNA>"));
        bot.service.moveTag("image-moved");
        bot.deliver(bot.press("anna", old));

        bot.until("the plan changed", () -> !bot.run().planChanges().isEmpty());
        String confirm = bot.awaitButton("Confirm");
        assertThat(bot.card().text())
                .contains("The plan changed, please look again")
                .contains("1.0 was image-good and is image-moved now");
        bot.deliver(bot.press("ben", old));
        bot.awaitWhisper("has changed since that card was drawn");
        assertThat(bot.service.moves()).isZero();

        bot.deliver(bot.press("li", confirm));
        String approve = bot.awaitButton("Approve");
        assertThat(approve).isNotEqualTo(old);
        bot.until(
                "she is told that her vote is void, and called again",
                () -> bot.threadText().split("<@U2ANNA>", -1).length == 4);
        bot.deliver(bot.press("anna", approve));
        assertProvenOnce();
        assertThat(bot.service.runs()).isEqualTo("image-moved");
    }

    @Test
    @DisplayName("an ambiguous identity decides nothing: one account of two people (TP)")
    void a_shared_account() {
        serve(1);
        bot.site.write(
                "config/people.yml",
                """
                people:
                  li: {level: L1, accounts: {slack: U1LI}}
                  anna: {level: L2, accounts: {slack: U2ANNA}}
                  boss: {level: L3, accounts: {slack: U2ANNA}}
                """);
        var another = bot.seat();
        assertThat(another.run("serve")).isEqualTo(2);
        assertThat(another.words())
                .contains("config/people.yml:4 people/boss/accounts/slack")
                .contains("is the account of anna as well");
    }

    @Test
    @DisplayName("an ambiguous identity decides nothing: an account of nobody (TP)")
    void an_account_of_nobody() {
        serve(1);
        String approve = approvable();
        bot.deliver(bot.press("U9STRANGER", approve));
        bot.awaitWhisper("your Slack user id U9STRANGER belongs to nobody here");
        assertThat(bot.types("U9STRANGER", "approve " + bot.runId()).body())
                .contains("belongs to nobody here");
        assertThat(bot.run().votes()).isEmpty();
    }
}
