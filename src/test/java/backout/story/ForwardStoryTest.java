package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.Ledger;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;
import backout.run.HandClock;
import backout.run.Outcome;
import backout.run.RunId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** After a proven rollback the release that was left is mended, and people go forward again. */
class ForwardStoryTest {
    private static final TargetName RELAY = TargetName.of("sim/relay");

    @TempDir Path home;
    private final HandClock clock = new HandClock();

    private static String rolledBack(SlackBot bot) {
        bot.types("li", "sim relay because 5xx");
        decided(bot);
        bot.until("the rollback is over", () -> bot.run().outcome().isPresent());
        return bot.runId().text();
    }

    private static void decided(SlackBot bot) {
        bot.until("there is a plan", () -> bot.run().planned().isPresent());
        bot.types("li", "confirm " + bot.runId());
        bot.types("anna", "approve " + bot.runId());
    }

    private static Ledger ledger(SlackBot bot) {
        return Ledger.of(bot.journal().read(RELAY));
    }

    @Test
    void it_is_planned_and_approved_like_any_other_and_frees_the_target() {
        try (var slack = new FakeSlack(clock);
                var bot = SlackBot.on(slack, home, 1, clock)) {
            bot.adopt("forward");
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
            bot.serve();
            String run = rolledBack(bot);
            assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
            assertThat(bot.types("li", "forward " + run).body())
                    .contains("is marked bad: 5xx")
                    .contains("forward " + run + " despite");
            assertThat(bot.types("li", "forward " + run + " despite 1.0").body())
                    .contains("is marked bad");
            assertThat(bot.runId()).isEqualTo(new RunId(run));
            bot.service.health(SimService.BAD, Finding.WELL);
            String bad =
                    ledger(bot)
                            .release(SimService.BAD)
                            .map(it -> ledger(bot).sayable(it))
                            .orElse("2.0");
            var _ = bot.types("li", "forward " + run + " despite " + bad + " because it is mended");
            bot.until("another run", () -> !bot.runId().equals(new RunId(run)));
            bot.until("there is a plan", () -> bot.run().planned().isPresent());
            assertThat(bot.service.moves()).isEqualTo(1);
            assertThat(bot.run().plan().to().identity()).isEqualTo(SimService.BAD);
            decided(bot);
            bot.until("it is over", () -> bot.run().outcome().isPresent());
            assertThat(bot.run().outcome().orElseThrow().says().toString())
                    .isEqualTo("Gone forward again to 2.0 and proven.");
            assertThat(bot.service.runs()).isEqualTo(SimService.BAD);
            assertThat(ledger(bot).lock()).isEmpty();
            assertThat(ledger(bot).bad(SimService.BAD)).isEmpty();
            assertThat(ledger(bot).bad(SimService.GOOD)).isEmpty();
            assertThat(bot.types("li", "forward " + bot.runId()).body())
                    .contains("no release to go forward to again");
        }
    }
}
