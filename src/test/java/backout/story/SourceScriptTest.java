package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.fixture.Release;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The guide's one-shot for what runs from source: by a shell alone. */
final class SourceScriptTest {
    @Test
    void the_emergency_script_saves_first_goes_back_waits_and_takes_that_back() throws IOException {
        try (var deployed =
                new Deployed().released(Release.GOOD, Release.HEALTH_500).proven(Release.GOOD)) {
            Path served = deployed.served();
            deployed.write(served.resolve("data/db"), "rows\n")
                    .write(served.resolve(".env"), "TOKEN=hunter3-of-the-file\n")
                    .run()
                    .awaitAnswer();
            var plan = deployed.plan("emergency relay", "--shell");
            assertThat(plan.exitCode()).as(plan.text()).isZero();
            Path script = Files.writeString(deployed.home.resolve("emergency.sh"), plan.text());
            assertThat(script)
                    .content()
                    .contains("it had these variables: ", "REDIS_TOKEN")
                    .doesNotContain(Deployed.SECRET, "hunter3");
            var shell = new Cli(deployed.home, deployed.surroundings());

            var forth = shell.attempt("sh", script.toString());

            assertThat(forth.ok()).as(forth.output() + forth.complaint()).isTrue();
            assertThat(deployed.health()).contains("\"version\":\"1.1.0\"");
            Path saved =
                    Path.of(
                            forth.output()
                                    .lines()
                                    .filter(line -> line.contains("backout-emergency"))
                                    .findFirst()
                                    .orElseThrow());
            assertThat(Cli.here().run("tar", "-tzf", saved + "/data.tar.gz"))
                    .contains("data/db", ".env");

            var back = shell.attempt("sh", script.toString(), "back");

            assertThat(back.ok()).as(back.output() + back.complaint()).isTrue();
            deployed.awaitAnswer();
            assertThat(deployed.health()).contains("\"version\":\"1.3.1\"");
            assertThat(deployed.served()).isEqualTo(served);
        }
    }
}
