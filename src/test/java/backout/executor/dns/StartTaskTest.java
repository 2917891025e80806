package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A standby of compose that does not run is started, and proven in the name that people use. */
class StartTaskTest {
    private static final String ADDRESS = "127.0.9.6";

    private final Path folder = Folders.make("standby");
    private final String image =
            "backout-test-standby-" + UUID.randomUUID().toString().substring(0, 8) + ":1";
    private final int port = Await.freePort();

    private static Path busybox = Path.of("");

    @BeforeAll
    static void needs() {
        Needs.compose();
        busybox = Needs.program("busybox");
    }

    @BeforeEach
    void prepare() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/bin"));
        Files.copy(busybox, root.resolve("busybox"));
        Files.createDirectories(folder.resolve("root/www"));
        Files.writeString(folder.resolve("root/www/index.html"), "well");
        String tar = folder.resolve("root.tar").toString();
        Cli.here().run("tar", "-cf", tar, "-C", folder.resolve("root").toString(), ".");
        Cli.here().run("docker", "import", tar, image);
    }

    @AfterEach
    void remove() {
        new Cli(folder, Map.of()).attempt("docker", "compose", "down", "--timeout", "0");
        Cli.here().attempt("docker", "image", "rm", image);
        Folders.delete(folder);
    }

    private void serving(String words) throws IOException {
        Files.writeString(
                folder.resolve("compose.yml"),
                """
                services:
                  app:
                    image: %s
                    command: %s
                    ports: ["%s:%d:80"]
                """
                        .formatted(image, words, ADDRESS, port));
    }

    private Step step() {
        String url = "http://vidfab.test:" + port;
        return new Step(
                Planner.START,
                new TargetName("dns", "vidfab"),
                Phase.PREPARE,
                "",
                "",
                Map.of(
                        "host",
                        "local",
                        "compose",
                        folder.toString(),
                        "url",
                        url,
                        "addresses",
                        ADDRESS,
                        "checks",
                        "dns servers [AGREE] == 100%\nGET " + url + "/ [BODY] == well",
                        "secrets",
                        "api-key=env:API_KEY"),
                Phrase.of("start the standby"));
    }

    private String perform(Duration time) {
        var work = new Work("T/1", Deadline.in(time, System::nanoTime), Optional.empty(), _ -> {});
        return new StartTask(Hosts.local(), new Secrets(_ -> "secret-one-1"), _ -> {})
                .perform(step(), work)
                .toString();
    }

    @Test
    void what_does_not_run_is_started_and_asked_in_the_name_that_people_use() throws IOException {
        serving("[/bin/busybox, httpd, -f, -p, '80', -h, /www]");

        assertThat(perform(Duration.ofMinutes(2))).contains("its checks hold at " + ADDRESS);
        assertThat(perform(Duration.ofMinutes(2))).contains("its checks hold");
    }

    @Test
    void a_standby_that_does_not_get_well_is_told_with_its_log_and_without_secrets()
            throws IOException {
        serving("[/bin/busybox, echo, 'no database, key secret-one-1']");

        assertThatThrownBy(() -> perform(Duration.ofSeconds(21)))
                .hasMessageContaining("was started and is unwell: " + ADDRESS)
                .hasMessageContaining("no database")
                .hasMessageNotContaining("secret-one-1");
    }
}
