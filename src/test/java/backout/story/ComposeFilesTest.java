package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Cli;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** With its files: a release gets back the compose and env files that it was good with. */
class ComposeFilesTest {
    private static final String SECRET = "qwertz-4711";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void they_come_from_what_was_kept_when_it_was_good() throws IOException {
        try (var relay = new Relay(Release.GOOD).provenGood(Release.GOOD)) {
            relay.filesKept(Release.GOOD);
            restored(relay, "when it was good");
        }
    }

    @Test
    void they_come_from_git_where_nothing_was_kept() throws IOException {
        try (var relay = new Relay(Release.GOOD).provenGood(Release.GOOD)) {
            var git = new Cli(relay.site.folder(), Map.of());
            git.run("git", "init", "--quiet");
            git.run("git", "add", "docker-compose.yml", ".env");
            git.run(
                    "git",
                    "-c",
                    "user.name=anna",
                    "-c",
                    "user.email=anna@example.com",
                    "commit",
                    "--quiet",
                    "--message",
                    "as it is");
            restored(relay, "as of commit " + git.run("git", "rev-parse", "HEAD").substring(0, 10));
        }
    }

    private static void restored(Relay relay, String from) throws IOException {
        String compose = relay.composeText();
        String env = Files.readString(relay.site.envFile());
        Files.writeString(
                relay.site.envFile(),
                env.replaceFirst("JWT_SECRET=.*", "JWT_SECRET=" + SECRET)
                        + "EXTRA="
                        + SECRET
                        + "\n");
        relay.deploy(Release.HEALTH_500);
        String redis = relay.site.containerId(ComposeSite.REDIS);

        Seat anna = relay.asks("compose claude-relay with its files because 5xx");

        assertThat(anna.exitCode()).as(anna.text()).isZero();
        assertThat(anna.text().replaceAll("\\s+", " "))
                .contains(from)
                .contains(".env (EXTRA, JWT_SECRET)")
                .contains("docker-compose.yml (image)")
                .doesNotContain(SECRET)
                .doesNotContain(relay.site.apiKey());
        assertThat(relay.composeText()).isEqualTo(compose);
        assertThat(Files.readString(relay.site.envFile())).isEqualTo(env);
        relay.assertRuns(Release.GOOD);
        relay.assertSettled(redis);
    }
}
