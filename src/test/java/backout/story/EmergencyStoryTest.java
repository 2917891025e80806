package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.run.Run;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The guide's one-shot for compose: by a shell alone, and by the bot. */
class EmergencyStoryTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void the_script_saves_what_the_guides_forgets_and_the_bot_does_the_same_in_one_word()
            throws IOException {
        try (var relay = new Relay(Release.GOOD)) {
            relay.target("redis: {service: redis}").provenGood(Release.GOOD);
            Path folder = relay.site.folder();
            Files.writeString(folder.resolve("data/accounts.json"), "{}");
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            var plan = relay.seat();
            int printed = plan.run("plan", "emergency claude-relay", "--shell");
            assertThat(printed).as(plan.text()).isZero();
            Path script = Files.writeString(relay.home.resolve("emergency.sh"), plan.text());

            var forth = new Cli(relay.home, Map.of()).attempt("sh", script.toString());

            assertThat(forth.ok()).as(forth.complaint()).isTrue();
            relay.assertRuns(Release.GOOD);
            Path saved =
                    Path.of(
                            forth.output()
                                    .lines()
                                    .filter(line -> line.contains("backout-emergency"))
                                    .findFirst()
                                    .orElseThrow());
            assertThat(Files.readAllBytes(saved.resolve("dump.rdb")))
                    .startsWith("REDIS".getBytes(StandardCharsets.US_ASCII));
            assertThat(Cli.here().run("tar", "-tzf", saved + "/data.tar.gz"))
                    .contains("docker-compose.yml", "/.env", "data/accounts.json");

            Cli.here().run("sh", script.toString(), "back");

            relay.assertRuns(Release.HEALTH_500);
            var asked = relay.seat();
            int code =
                    asked.run("run", "emergency claude-relay because 5xx", "--as", "anna", "--yes");
            assertThat(code).as(asked.text()).isZero();
            relay.assertRuns(Release.GOOD);
            assertThat(relay.backups()).isNotEmpty();
            try (var store = relay.store()) {
                Run run = Run.of(store.journal().read(relay.lastRun()));
                assertThat(run.request().severity()).isEqualTo("emergency");
                assertThat(run.plan().checks()).noneMatch(line -> line.startsWith("should:"));
            }
        }
    }
}
