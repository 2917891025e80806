package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A standby of compose that does not run is started, and proven in the name that people use. */
class StartTaskTest {
    private static final String ADDRESS = "127.0.9.6";

    private final Path folder = Folders.make("standby");
    private final String image =
            "backout-test-standby-" + UUID.randomUUID().toString().substring(0, 8) + ":1";
    private final Set<String> images = new HashSet<>();
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
        image();
    }

    private void image() {
        String tar = folder.resolve("root.tar").toString();
        Cli.here().run("tar", "-cf", tar, "-C", folder.resolve("root").toString(), ".");
        images.add(Cli.here().run("docker", "import", tar, image).strip());
    }

    @AfterEach
    void remove() {
        new Cli(folder, Map.of()).attempt("docker", "compose", "down", "--timeout", "0");
        images.forEach(id -> Cli.here().attempt("docker", "image", "rm", "--force", id));
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
        return task().perform(step(), work).toString();
    }

    private static StartTask task() {
        return new StartTask(Hosts.local(), new Secrets(_ -> "secret-one-1"), _ -> {});
    }

    @Test
    void what_does_not_run_is_started_and_asked_in_the_name_that_people_use() throws IOException {
        serving(
                "[/bin/busybox, sh, -c, 'echo up with key secret-one-1; exec /bin/busybox httpd -f"
                        + " -p 80 -h /www']");

        assertThat(perform(Duration.ofMinutes(2))).contains("its checks hold at " + ADDRESS);
        assertThat(perform(Duration.ofMinutes(2))).contains("its checks hold");
        assertThat(task().log(step()).toString()).contains("up with key ***");
        assertThat(seen(false)).contains("up with key");
        assertThat(seen(true)).isEqualTo("[]"); // whoever led people back looks elsewhere
    }

    /** What the checks of a plan that started it have besides. */
    private String seen(boolean undone) {
        var there = new Plan.Shown("set-1", "there", Phrase.NONE);
        var plan =
                new Plan(
                        step().target(),
                        "dns",
                        there,
                        there,
                        Phrase.NONE,
                        List.of(step()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        var place =
                new Workplace(
                        Hosts.local(),
                        "unix:///none",
                        folder,
                        InstantSource.system(),
                        System::nanoTime,
                        _ -> {});
        var settings = new Settings(Map.of("zone", "vidfab.test", "servers", List.of()));
        try (var eyes = DnsExecutor.of(place).probes(target(settings), Optional.of(plan), undone)) {
            return eyes.log().toString();
        }
    }

    private static Target target(Settings settings) {
        return new Target(
                new TargetName("dns", "vidfab"),
                "local",
                "open",
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                settings);
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

    @Test
    void a_standby_is_looked_at_part_by_part_and_what_is_not_as_it_should_be_is_told()
            throws IOException {
        serving("[/bin/busybox, httpd, -f, -p, '80', -h, /www]");
        Path dump = Files.createDirectories(folder.resolve("data")).resolve("dump");
        Files.writeString(dump, "1");
        assertThat(readiness())
                .startsWith("3 of 6 well")
                .contains("do not run: app")
                .contains("is unknown: it has no containers");
        perform(Duration.ofMinutes(2));
        assertThat(readiness())
                .isEqualTo(
                        "5 of 6 well. what may run once only is not: these run there too, and do"
                                + " everything twice: app");

        serving("[/bin/busybox, httpd, -f, -p, '80', -h, /]");
        Files.setLastModifiedTime(dump, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        assertThat(readiness())
                .startsWith("3 of 6 well")
                .contains("the files say otherwise than what runs: app")
                .contains("the newest in " + folder.resolve("data") + " is of");
        serving("[/bin/busybox, httpd, -f, -p, '80', -h, /www]");
        Files.writeString(folder.resolve("root/new"), "2");
        image();
        assertThat(readiness()).contains("another image has its name now: app");
    }

    /** Of a standby whose people are led elsewhere. */
    private String readiness() {
        var settings =
                new Settings(
                        Map.of(
                                "compose", folder.toString(),
                                "url", URI.create("http://vidfab.test:" + port),
                                "standby", List.of(ADDRESS),
                                "secrets", Map.of(),
                                "standby-watch.alone", List.of("app"),
                                "standby-watch.data", folder.resolve("data").toString(),
                                "standby-watch.data-age", Duration.ofHours(1)));
        var seen =
                new TargetEvent.Seen(
                        Instant.EPOCH, "set-1", "vidfab.test. 300 A 127.0.9.7", "127.0.9.7", "");
        return new StandbyLook(
                        target(settings),
                        List.of(),
                        Hosts.local(),
                        new Secrets(_ -> ""),
                        Instant.now())
                .look(Ledger.of(List.of(seen)), List.of("GET {url}/ [STATUS] == 200"))
                .says()
                .toString();
    }
}
