package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Emulate;
import backout.fixture.Folders;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.story.Board.Posted;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/** A whole rollback in a Slack that we did not write, by a bot that was started as users do. */
class SlackServeTest {
    private static Path folder;
    private static Emulate slack;

    @TempDir Path home;

    @BeforeAll
    static void start() {
        folder = Folders.make("slack-serve");
        slack = Emulate.start(folder);
    }

    @AfterAll
    static void stop() {
        slack.close();
        Folders.delete(folder);
    }

    private SlackBot bot() {
        var people = new LinkedHashMap<String, String>();
        people.put("li", slack.user("li"));
        people.put("anna", slack.user("anna"));
        people.put("ben", "U0000BEN");
        return new SlackBot(
                        home,
                        1,
                        new HandClock(),
                        slack.address(),
                        new Board(slack::call, slack.channel("stories")),
                        new Board(slack::call, slack.channel("incidents")))
                .people(people)
                .serve();
    }

    @Test
    void a_rollback_from_the_typed_word_to_the_announcement_and_nothing_else_is_posted() {
        try (var bot = bot()) {
            assertThat(bot.types("li", "sim relay because 5xx").body())
                    .contains(": nothing is done before li");
            Posted planned = bot.card();
            bot.presses("li", "Confirm");
            String approve = bot.awaitButton("Approve");
            assertThat(bot.card().buttons()).containsExactly("Approve", "Deny…", "Cancel");
            assertThat(bot.service.moves()).isZero();

            bot.deliver(bot.press("li", approve));
            bot.awaitWhisper("nobody approves their own rollback");
            assertThat(bot.whispers()).contains("anna");
            assertThat(bot.run().votes()).isEmpty();

            bot.deliver(bot.press("anna", approve));
            bot.awaitEnd();

            assertThat(bot.service.runs()).isEqualTo(SimService.GOOD);
            assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
            assertThat(bot.ops.messages())
                    .as("no unexpected message")
                    .extracting(Posted::key)
                    .containsExactly("card-" + bot.runId());
            assertThat(bot.news.messages())
                    .as("no unexpected message")
                    .extracting(Posted::key)
                    .containsExactly("announcement-" + bot.runId());
            assertIsFinal(bot.card(), planned);
            assertTold(bot.ops.thread(bot.card()), bot);
            assertThat(bot.news.messages().getFirst().text())
                    .contains(
                            "sim/relay: Emergency rollback to the last stable version (1.0)",
                            "2.0 → 1.0",
                            "Rolled back to 1.0 and proven.",
                            "Asked by li, because 5xx",
                            "revert the change in git too");
        }
    }

    private static void assertIsFinal(Posted card, Posted planned) {
        assertThat(card.ts()).isEqualTo(planned.ts());
        assertThat(card.buttons()).isEmpty();
        assertThat(card.text())
                .contains("done and proven", "asked by li, because 5xx", "approved by anna");
    }

    /** Each thing once, in the order in which it happened; who must act is called first. */
    private static void assertTold(List<String> thread, SlackBot bot) {
        String told = String.join("\n", thread);
        assertThat(told).contains("Verification", "container [STATE]", "running");
        List<String> expected =
                List.of(
                        "<@" + bot.account("anna") + ">",
                        "li confirmed",
                        "anna approved",
                        "switch 1 swap the box …",
                        "✓ switch 1 swap the box: swapped",
                        "PROVEN");
        assertThat(told).containsSubsequence(expected);
        assertThat(told).contains(expected);
        expected.forEach(line -> assertThat(told).containsOnlyOnce(line));
        assertThat(told).containsOnlyOnce("<@" + bot.account("li") + ">");
    }
}
