package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Cli;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/** What the service needs does not run when it goes back. */
class ComposeNeedsTest {
    private static final String NEEDY =
            """
            services:
              web:
                image: {p}/web:2.0
                ports: ["127.0.0.1:{port}:3000"]
                depends_on: [redis, db]
              redis:
                image: {p}/side:1
              db:
                image: {p}/side:1
            """;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop shop(String file) {
        return new Shop()
                .images("web", "1.0", "2.0")
                .images("side", "1")
                .file("compose.yml", file)
                .up()
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    private static String status(Shop shop, String service) {
        return shop.inspect(service, "{{.State.Status}}");
    }

    @Test
    void compose_starts_it_first_and_the_plan_says_so() {
        try (var shop = shop(NEEDY)) {
            shop.compose("stop", "--timeout", "0");
            shop.engine().docker("rm", shop.container("db"));
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("redis is exited, and compose starts it first")
                    .contains("db has no container, and compose starts it first")
                    .contains("touched as well db, redis")
                    .doesNotContain("not touched d")
                    .doesNotContain("through the engine");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(status(shop, "redis")).isEqualTo("running");
            assertThat(status(shop, "db")).isEqualTo("running");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void what_two_services_need_is_told_once_and_the_backup_says_what_it_lacks() {
        String two =
                """
                services:
                  worker:
                    image: {p}/worker:${TAG}
                    environment: {PORT: "3001"}
                    depends_on: [redis]
                  web:
                    image: {p}/web:${TAG}
                    ports: ["127.0.0.1:{port}:3000"]
                    volumes: ["./data:/data"]
                    depends_on: [redis]
                  redis:
                    image: {p}/side:1
                """;
        try (var shop = new Shop().images("web", "1.0", "2.0").images("worker", "1.0", "2.0")) {
            shop.images("side", "1").file(".env", "TAG=2.0\n").file("data/orders", "precious");
            shop.file("compose.yml", two).target("redis: {service: redis}").up().awaitHealthy();
            shop.proven("{p}/web:1.0").compose("stop", "--timeout", "0", "redis");
            String words = shop.plan("compose web").words();
            assertThat(words)
                    .containsOnlyOnce("redis is exited, and compose starts it first")
                    .contains(
                            "Redis is not backed up: service redis does not run (start it: docker")
                    .contains("back up the compose files, env files and data folders; read back")
                    .contains("data not touched; a backup is made first, without Redis")
                    .doesNotContain("no backup is made");
        }
    }

    @Test
    void the_engine_never_replaces_it_alone() {
        try (var shop = shop(NEEDY)) {
            shop.compose("stop", "--timeout", "0", "redis");
            shop.file("compose.yml", NEEDY + "    environment: {NEW: \"1\"}\n");
            String start = "docker start " + shop.container("redis");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(li.words())
                    .contains("redis is exited, and the engine replaces " + shop.container("web"))
                    .contains("start it first with " + start);
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
            new Cli(shop.folder(), Map.of()).run(start.split(" "));
            Seat again = shop.rollback("compose web because 5xx");
            assertThat(again.exitCode()).as(again.text()).isZero();
            assertThat(again.words()).contains("through the engine, this container alone");
        }
    }

    @Test
    void what_can_be_neither_started_nor_waited_for_is_red() {
        try (var shop = shop(NEEDY)) {
            shop.engine().docker("pause", shop.container("redis"));
            String wake = "docker unpause " + shop.container("redis");
            assertThat(shop.plan("compose web").words())
                    .contains("redis, which web needs, is paused")
                    .contains("type " + wake);
            new Cli(shop.folder(), Map.of()).run(wake.split(" "));
            shop.compose("rm", "--force", "--stop", "db");
            shop.file("compose.yml", NEEDY.replaceFirst("(?s)side:1\n$", "side:none\n"));
            assertThat(shop.plan("compose web").words())
                    .contains("db has no container, and its image is not here");
        }
    }

    @Test
    void a_migration_that_has_ended_well_does_not_run_again() {
        try (var shop =
                shop(
                        """
                        services:
                          migrate:
                            image: {p}/side:1
                            command: ["/bin/busybox", "true"]
                          web:
                            image: {p}/web:2.0
                            ports: ["127.0.0.1:{port}:3000"]
                            depends_on: {migrate: {condition: service_completed_successfully}}
                        """)) {
            String ended = shop.inspect("migrate", "{{.State.FinishedAt}}");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains("migrate has ended well, and up would run it once more");
            assertThat(shop.inspect("migrate", "{{.State.FinishedAt}}")).isEqualTo(ended);
        }
    }

    @Test
    void a_migration_of_the_same_image_is_left_as_it_ended() {
        try (var shop =
                shop(
                        """
                        x-app: &app
                          image: {p}/web:2.0
                        services:
                          migrate:
                            <<: *app
                            command: ["/bin/busybox", "true"]
                          seed:
                            <<: *app
                            command: ["/bin/busybox", "true"]
                          web:
                            <<: *app
                            ports: ["127.0.0.1:{port}:3000"]
                            depends_on: {migrate: {condition: service_completed_successfully}}
                        """)) {
            String ended = shop.inspect("migrate", "{{.Id}} {{.State.FinishedAt}}");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains("migrate takes its image from the same line and has ended")
                    .contains("seed takes its image from the same line and has ended")
                    .contains("not touched migrate, seed");
            assertThat(shop.inspect("migrate", "{{.Id}} {{.State.FinishedAt}}")).isEqualTo(ended);
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
        }
    }
}
