package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.ComposeSite;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A newcomer's host: a compose project that runs, and no configuration yet. */
@Order(2)
class InitStoryTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path home = Folders.make("newcomer");
    private final Path config = home.resolve("my-site");

    @BeforeAll
    static void needs() {
        Needs.relay();
    }

    @BeforeEach
    void commands() throws IOException {
        Files.createDirectory(home.resolve("commands"));
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.toList()) {
                Files.copy(file, home.resolve(file.toString()));
            }
        }
    }

    @AfterEach
    void remove() {
        Folders.delete(home);
    }

    private Seat seat() {
        var executor =
                ComposeExecutor.of(
                        Workplace.local(
                                "unix:///var/run/docker.sock",
                                config.resolve("var"),
                                CLOCK,
                                System::nanoTime));
        return new Seat(home, executor, CLOCK);
    }

    /** Other projects that run on this machine are nobody's business. */
    private static String answered(ComposeSite site, String question) {
        if (question.startsWith("Shall chat be able")) {
            return question.contains(site.project() + "/" + ComposeSite.RELAY) ? "y" : "n";
        }
        if (question.startsWith("Who are you")) {
            return "li";
        }
        return "";
    }

    @Test
    void what_runs_becomes_a_configuration_whose_checks_hold_and_that_plans() throws IOException {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Seat init = seat().atTerminal().start("init", config.toString());
            assertThat(init.answer(question -> answered(site, question))).as(init.text()).isZero();
            assertThat(init.words())
                    .contains("compose/claude-relay is well")
                    .contains("you are alone");
            assertThat(Files.readString(config.resolve("targets.yml")))
                    .startsWith("# yaml-language-server: $schema=schema/targets.json\n")
                    .contains("project: " + site.project(), "url: " + site.url())
                    .contains("[BODY].components.redis.status == healthy within 60s")
                    .contains("    redis:\n      service: redis\n");
            assertThat(config.resolve("schema/targets.json")).exists();

            String given = config.toString();
            assertThat(seat().run("check", "--live", "--config", given)).isZero();
            plans(site, given);
        }
    }

    private void plans(ComposeSite site, String given) {
        var images = RelayImages.shared();
        var name = new TargetName("compose", "claude-relay");
        String good = images.idOf(Release.GOOD);
        try (var store = SqlStore.open(config.resolve("var"), CLOCK)) {
            var seen =
                    new TargetEvent.Seen(
                            CLOCK.instant(), good, images.of(Release.GOOD), "good", "1.0.0");
            store.journal().append(name, List.of(seen));
        }
        site.upgradeTo(images.of(Release.HEALTH_500));
        Seat plan = seat();
        String words = "compose claude-relay to " + images.of(Release.GOOD);
        assertThat(plan.run("plan", words, "--config", given)).as(plan.text()).isZero();
        assertThat(plan.words()).contains("GET /health [STATUS] == 200 within 60s");
    }

    @Test
    void checks_that_do_not_fit_the_service_are_left_out_and_told() throws IOException {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Path compose = home.resolve("commands/compose.yml");
            Files.writeString(
                    compose,
                    Files.readString(compose)
                            .replace("[BODY].status == healthy", "[BODY].mood == fine"));
            String guest = site.project() + "-guest";
            lodge(site, guest);
            Seat init = seat().atTerminal().start("init", config.toString());
            try {
                assertThat(init.answer(question -> answered(site, question)))
                        .as(init.text())
                        .isEqualTo(1);
            } finally {
                site.engine().attempt("rm", "--force", guest);
            }
            assertThat(init.words())
                    .contains("does not hold for claude-relay now")
                    .contains("compose/claude-relay is well")
                    .contains("compose/claude-relay cannot be rolled back: ")
                    .contains(guest + " lives in the network or among the processes of");
            assertThat(Files.readString(config.resolve("targets.yml")))
                    .contains(
                            "without-checks:\n      - \"GET {url}/health [BODY].mood == fine within"
                                    + " 60s\"");
        }
    }

    /** In the network of the service, so that nobody could replace its container. */
    private static void lodge(ComposeSite site, String guest) {
        String host = "container:" + site.containerId(ComposeSite.RELAY);
        site.engine()
                .docker(
                        "run",
                        "--detach",
                        "--name",
                        guest,
                        "--network",
                        host,
                        "--entrypoint",
                        "/bin/busybox",
                        RelayImages.shared().of(Release.GOOD),
                        "sleep",
                        "600");
    }

    @Test
    void who_says_no_at_the_end_or_goes_away_leaves_nothing() {
        try (var site = ComposeSite.running(Release.GOOD)) {
            Seat no = seat().atTerminal().start("init", config.toString());
            int code =
                    no.answer(question ->
                            question.startsWith("Write these") ? "n" : answered(site, question));
            assertThat(code).as(no.text()).isEqualTo(2);
            Seat gone = seat().atTerminal().start("init", config.toString());
            gone.endInput();
            assertThat(gone.exitCode()).isEqualTo(2);
            assertThat(gone.words()).contains("the input ended; nothing was written");
            assertThat(home.toFile().list()).containsExactly("commands");
        }
    }
}
