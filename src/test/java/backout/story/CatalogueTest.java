package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.SlackDriver;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.run.Evidence.Finding;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.story.Board.Posted;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Restarts, retries and set-ups with which other bots for approvals went wrong. */
@SuppressWarnings("NullAway.Init")
class CatalogueTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final FakeSlack slack = new FakeSlack(clock);
    private SlackBot bot;

    @BeforeEach
    void open() {
        bot = SlackBot.on(slack, home, 1, clock);
    }

    @AfterEach
    void close() {
        slack.close();
        bot.close();
    }

    private void assertEnds(Outcome.Result result, int moves) {
        bot.awaitEnd();
        assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(result);
        assertThat(bot.service.moves()).isEqualTo(moves);
        assertThat(bot.cards(bot.runId())).isEqualTo(1);
        assertThat(bot.journal().recent(10)).hasSize(1);
    }

    @Test
    @DisplayName("a restart between post and click changes nothing (pilot#4411)")
    void a_restart_between_post_and_click() {
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        String confirm = bot.awaitButton("Confirm");
        Posted card = bot.card();
        bot.restart();
        bot.deliver(bot.press("li", confirm));
        String approve = bot.awaitButton("Approve");
        bot.restart();
        bot.deliver(bot.press("anna", approve));
        assertEnds(Outcome.Result.PROVEN, 1);
        assertThat(bot.card().ts()).isEqualTo(card.ts());
    }

    @Test
    @DisplayName("an approval that was saved starts its run (Agenta#5592, objectstack#4420)")
    void death_between_the_approval_and_the_start() {
        bot.serve(journal -> WatchedJournal.dyingAfter(RunEvent.Voted.class, journal));
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        String press = bot.press("anna", bot.awaitButton("Approve"));
        assertThat(bot.deliver(press).status()).isEqualTo(200);
        bot.stop();
        assertThat(bot.run().votes()).hasSize(1);
        assertThat(bot.service.moves()).isZero();

        clock.pass(Duration.ofMinutes(1));
        bot.serve();
        assertEnds(Outcome.Result.PROVEN, 1);
    }

    /** What was acknowledged and is nowhere would be waited for in vain (grafana/oncall#2439). */
    @Test
    @DisplayName(
            "C20 a store that refuses after the acknowledgement is told, and nothing was begun")
    void a_store_that_refuses_after_the_acknowledgement_is_told() {
        var full = new AtomicBoolean(true);
        bot.serve(journal -> new WatchedJournal(journal, _ -> {}).full(full::get));
        SlackDriver.Answer answer = bot.types("li", "sim relay because 5xx");
        assertThat(answer.status()).isEqualTo(200);
        bot.until(
                "li is told that nothing was begun",
                () ->
                        (answer.body() + bot.whispers())
                                .contains("the disk is full, nothing was written"));
        assertThat(bot.journal().recent(9)).isEmpty();
        assertThat(bot.ops.card()).isEmpty();

        full.set(false);
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        bot.presses("anna", "Approve");
        assertEnds(Outcome.Result.PROVEN, 1);
        assertThat(bot.journal().recent(9)).hasSize(1);
    }

    @Test
    @DisplayName("an answer that comes before the pause is complete counts (st2#4135)")
    void an_answer_before_the_pause_is_complete() {
        bot.service.health(SimService.GOOD, Finding.UNKNOWN);
        bot.serve(journal ->
                new WatchedJournal(journal, _ -> {}).seen(this::answerWhatIsBeingParked));
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        bot.presses("anna", "Approve");
        assertEnds(Outcome.Result.KEPT, 1);
    }

    /** The run has read that it is to wait for an answer, and does not wait yet. */
    private void answerWhatIsBeingParked(List<RunEvent> events) {
        boolean parks = Thread.currentThread().getName().startsWith("run ");
        if (parks && events.getLast() instanceof RunEvent.Asked) {
            bot.deliver(bot.press("li", "keep:" + bot.runId() + ":"));
        }
    }

    @Test
    @DisplayName("a retry that is delivered after a restart finds the same run (vercel/chat#667)")
    void a_retry_after_a_restart() {
        bot.serve();
        String command = bot.command("li", "sim relay because 5xx");
        bot.deliver(command);
        String confirm = bot.press("li", bot.awaitButton("Confirm"));
        bot.restart();
        clock.pass(Duration.ofMinutes(1));
        assertThat(bot.deliver(command).body()).contains("that is run " + bot.runId());
        bot.deliver(confirm);
        String approve = bot.press("anna", bot.awaitButton("Approve"));
        bot.deliver(approve);
        bot.awaitEnd();
        bot.restart();
        clock.pass(Duration.ofMinutes(5));
        assertThat(bot.deliver(command).body()).contains("that is run " + bot.runId());
        bot.deliver(confirm);
        bot.deliver(approve);
        assertEnds(Outcome.Result.PROVEN, 1);
    }

    @Test
    @DisplayName("nothing hangs on a token that expires (discord.py#9856)")
    void what_came_with_a_request_has_expired() {
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        String confirm = bot.awaitButton("Confirm");
        bot.driver.expireResponseUrls();
        bot.deliver(bot.press("li", confirm));
        String approve = bot.awaitButton("Approve");
        clock.pass(Duration.ofMinutes(16));
        bot.deliver(bot.press("li", approve));
        bot.until(
                "li is told",
                () -> slack.whispers().toString().contains("nobody approves their own rollback"));
        bot.deliver(bot.press("anna", approve));
        assertEnds(Outcome.Result.PROVEN, 1);
        assertThat(bot.whispers()).isEmpty();
    }

    @Test
    @DisplayName("buttons that are dead after the set-up say why (OC#5409, OC#4668)")
    void a_signing_secret_of_another_app() {
        bot.signedWith("of-another-app").serve();
        for (String form : List.of(bot.command("li", "sim"), bot.press("li", "confirm:ABCDE:"))) {
            var answer = bot.deliver(form);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("signing secret of config/chat.yml");
        }
        assertThat(bot.journal().recent(1)).isEmpty();
        bot.stop();
        bot.signedWith(SlackDriver.SECRET).serve();
        assertThat(bot.types("li", "sim relay because 5xx").body())
                .contains(": nothing is done before li");
        assertThat(bot.deliver(bot.press("li", "confirm:ABCDE:")).status()).isEqualTo(200);
        bot.awaitWhisper("there is no run");
    }

    @Test
    @DisplayName("no button without a target: a person chooses (paasta#2192)")
    void no_release_is_proven() {
        bot.site.write(
                "commands/sim.yml",
                """
                name: sim
                says: Roll the simulated service back
                words: "[TARGET] [to RELEASE] [because REASON...]"
                level: L1
                does: rollback
                kind: sim
                switch: [sim.box]
                checks: ["container [STATE] == running"]
                """);
        bot.service.refusesPlans("no release of sim/relay is proven good");
        bot.serve();
        for (String release : List.of(SimService.GOOD, SimService.BAD)) {
            clock.pass(Duration.ofSeconds(1));
            bot.journal().append(SimService.name(), List.of(seen(release)));
        }
        bot.types("li", "sim relay because 5xx");
        assertEnds(Outcome.Result.NOTHING_CHANGED, 0);
        assertThat(bot.card().buttons()).isEmpty();
        bot.until(
                "li is offered the choice",
                () -> slack.whispers().toString().contains("Choose a release…"));
        bot.deliver(bot.press("li", "choose:" + bot.runId() + ":"));
        bot.until("a dialog opens", () -> !slack.views().isEmpty());
        assertThat(slack.views().getFirst().toString()).contains("never proven");
    }

    private TargetEvent seen(String release) {
        return new TargetEvent.Seen(clock.instant(), release, "relay:" + release, release, "");
    }

    @Test
    @DisplayName("a last level that nobody reaches is refused and told (appwrite#28)")
    void a_last_level_that_nobody_reaches() {
        bot.policy("{votes: 1, from: L2, escalate: {L2: 0s, L3: 5m}}")
                .site
                .write(
                        "config/people.yml",
                        """
                        people:
                          li: {level: L1, accounts: {slack: U1LI}}
                          anna: {level: L2, accounts: {slack: U2ANNA}}
                          ben: {level: L2, accounts: {slack: U3BEN}}
                          dora: {level: L3}
                        """);
        String wrong = "calls L3, and nobody there has an account in slack or a pager";
        var check = bot.seat();
        assertThat(check.run("check")).isEqualTo(2);
        assertThat(check.words()).contains(wrong, "approvals.yml:2");
        bot.serve();
        bot.until("it is told", () -> bot.news.messages().toString().contains(wrong));
        bot.restart();
        bot.people(Map.of("li", "L1", "anna", "L2", "ben", "L2", "dora", "L3"), "").restart();
        assertThat(bot.seat().run("check")).isZero();
        bot.until("it is over", () -> bot.news.messages().toString().contains("no longer so"));
        assertThat(bot.journal().read(Freeze.SITE)).hasSize(2);
    }

    @Test
    @DisplayName("a lock that is forgotten is told of, and others lift it (branch-deploy#438)")
    void a_lock_that_is_forgotten() {
        bot.serve();
        bot.types("li", "sim relay because 5xx");
        bot.presses("li", "Confirm");
        bot.presses("anna", "Approve");
        assertEnds(Outcome.Result.PROVEN, 1);
        assertThat(bot.seat().run("locked", "relay")).isEqualTo(5);
        clock.pass(Duration.ofDays(1));
        bot.restart();
        bot.until(
                "everybody is reminded",
                () ->
                        bot.news.messages().toString().contains("sim/relay is still locked")
                                && bot.news.messages().toString().contains("unlock relay"));
        bot.types("ben", "unlock relay because it is fixed in 3.0");
        bot.until("it may go forward", () -> bot.seat().run("locked", "relay") == 0);
        clock.pass(Duration.ofDays(1));
        bot.restart();
        assertThat(reminders()).hasSize(1);
    }

    private List<TargetEvent> reminders() {
        return bot.journal().read(SimService.name()).stream()
                .filter(TargetEvent.Reminded.class::isInstance)
                .toList();
    }

    @Test
    @DisplayName("a signed click that is replayed gives nothing (OC views.py)")
    void replayed_signed_requests() {
        bot.serve();
        String at = Long.toString(clock.instant().getEpochSecond());
        String command = bot.command("li", "sim relay because 5xx");
        bot.replay(command, at);
        String confirm = bot.press("li", bot.awaitButton("Confirm"));
        bot.replay(confirm, at);
        String approve = bot.press("anna", bot.awaitButton("Approve"));
        bot.replay(approve, at);
        assertEnds(Outcome.Result.PROVEN, 1);
        int events = bot.run().version();
        int calls = slack.calls().size();
        List<String> captured = List.of(command, confirm, approve);

        captured.forEach(form -> assertThat(bot.replay(form, at).body()).isEmpty());
        bot.restart();
        captured.forEach(form -> assertThat(bot.replay(form, at).status()).isEqualTo(200));
        clock.pass(Duration.ofMinutes(6));
        captured.forEach(form -> assertThat(bot.replay(form, at).status()).isEqualTo(401));

        assertThat(bot.run().version()).isEqualTo(events);
        assertEnds(Outcome.Result.PROVEN, 1);
        assertThat(slack.calls().subList(calls, slack.calls().size()))
                .as("it asks who it is and who reads, and says nothing")
                .extracting("method")
                .containsOnly("auth.test", "users.info");
    }
}
