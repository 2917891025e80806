package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Whoever does not stay as it is when a service goes back is in the plan. */
class ComposeNeighboursTest {
    private static final String GUESTS =
            """
            services:
              web:
                image: {p}/web:2.0
                ipc: shareable
                ports: ["127.0.0.1:{port}:3000"]
              net:
                image: {p}/side:1
                network_mode: service:web
                environment: {PORT: "4000"}
              far:
                image: {p}/side:1
                pid: service:net
              ipc:
                image: {p}/side:1
                ipc: service:web
              data:
                image: {p}/side:1
                volumes_from: [web]
              again:
                image: {p}/side:1
                depends_on: {web: {condition: service_started, restart: true}}
              down:
                image: {p}/side:1
                network_mode: service:web
              apart:
                image: {p}/side:1
                depends_on: [web]
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

    @Test
    void guests_are_made_anew_with_their_host_and_whoever_asks_for_it_is_started_again() {
        try (var shop = shop(GUESTS)) {
            shop.compose("stop", "--timeout", "0", "down");
            String apart = shop.inspect("apart", "{{.Id}}");
            String again = shop.inspect("again", "{{.State.StartedAt}}");
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("net lives in what web lends it, so it is made anew as well")
                    .contains("again is started again with web, as its restart: true asks for")
                    .contains("docker compose up -d web data ipc net far again")
                    .contains("not touched apart, down data")
                    .contains("down is stopped and lives in what web lends it: only docker compose")
                    .contains("container net [STATE] == running")
                    .doesNotContain("something else");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            mustLiveIn(shop);
            assertThat(shop.inspect("apart", "{{.Id}}")).isEqualTo(apart);
            assertThat(shop.inspect("again", "{{.State.StartedAt}}")).isNotEqualTo(again);
            assertThat(shop.inspect("down", "{{.State.Status}}")).isEqualTo("exited");
            assertThat(shop.engine().attempt("start", shop.container("down")).ok()).isFalse();
            assertThat(shop.wouldDo()).noneMatch(line -> !line.contains("-down-1"));
        }
    }

    private static void mustLiveIn(Shop shop) {
        String web = "container:" + shop.inspect("web", "{{.Id}}");
        assertThat(shop.inspect("net", "{{.HostConfig.NetworkMode}}")).isEqualTo(web);
        assertThat(shop.inspect("ipc", "{{.HostConfig.IpcMode}}")).isEqualTo(web);
        assertThat(shop.inspect("far", "{{.HostConfig.PidMode}}"))
                .isEqualTo("container:" + shop.inspect("net", "{{.Id}}"));
        for (String guest : List.of("net", "ipc", "far", "data", "again")) {
            assertThat(shop.inspect(guest, "{{.State.Status}}")).as(guest).isEqualTo("running");
        }
    }

    @Test
    void guests_come_back_with_their_host_when_it_is_undone() {
        try (var shop = shop(GUESTS)) {
            shop.image("web", "0.9", "health-500");
            Seat li = shop.rollback("compose web to 0.9 because 5xx");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
            mustLiveIn(shop);
            assertThat(shop.wouldDo()).noneMatch(line -> !line.contains("-down-1"));
        }
    }

    @Test
    void guests_of_a_container_that_the_engine_would_replace_are_red() {
        try (var shop = shop(GUESTS).target("swap: api")) {
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(li.words()).contains("lends its network or processes to");
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
        }
    }

    @Test
    void a_stranger_in_the_network_is_red_and_one_with_the_volumes_is_told() {
        try (var shop =
                shop("services: {web: {image: '{p}/web:2.0', ports: ['127.0.0.1:{port}:3000']}}")) {
            String guest = shop.project() + "-guest";
            String keeper = shop.project() + "-keeper";
            run(
                    shop,
                    guest,
                    "--env",
                    "PORT=4001",
                    "--network",
                    "container:" + shop.container("web"));
            run(shop, keeper, "--volumes-from", shop.container("web"));
            try {
                Seat plan = shop.plan("compose web");
                assertThat(plan.words())
                        .contains(guest + " lives in the network or among the processes of")
                        .contains("remove it with docker rm -f " + guest);
                Seat check = shop.seat();
                assertThat(check.run("check", "--live")).as(check.text()).isEqualTo(1);
                assertThat(check.words())
                        .contains("compose/web cannot be rolled back: ")
                        .contains(guest + " lives in the network or among the processes of");
                shop.engine().docker("rm", "--force", guest);
                Seat li = shop.rollback("compose web because 5xx");
                assertThat(li.exitCode()).as(li.text()).isZero();
                assertThat(li.words()).contains(keeper + " keeps the volumes that it has of web");
            } finally {
                shop.engine().attempt("rm", "--force", guest);
                shop.engine().attempt("rm", "--force", keeper);
            }
        }
    }

    private static void run(Shop shop, String name, String... options) {
        var argv = new java.util.ArrayList<>(List.of("run", "--detach", "--name", name));
        argv.addAll(List.of(options));
        argv.add(shop.filled("{p}/side:1"));
        argv.add("/app/start");
        shop.engine().docker(argv.toArray(String[]::new));
    }

    @Test
    void another_project_that_is_made_from_the_same_file_is_told_by_name() {
        try (var shop =
                shop("services: {web: {image: '{p}/web:2.0', ports: ['127.0.0.1:{port}:3000']}}")) {
            String green = shop.project() + "-green";
            shop.file(
                    "other/compose.yml",
                    "services: {own: {extends: {file: ../compose.yml, service: web}}}\n");
            var cli = new backout.fixture.Cli(shop.folder(), java.util.Map.of());
            cli.run("docker", "compose", "-p", green, "-f", "other/compose.yml", "create");
            String blue = shop.project() + "-blue";
            shop.file("blue.env", "COLOUR=blue\n");
            cli.run("docker", "compose", "-p", blue, "--env-file", "blue.env", "create");
            try {
                Seat plan = shop.plan("compose web");
                assertThat(plan.words())
                        .contains("project " + green + " is made from the same file")
                        .contains("project " + blue + " is made from the same file");
            } finally {
                cli.run("docker", "compose", "-p", blue, "--env-file", "blue.env", "down");
                cli.run("docker", "compose", "-p", green, "-f", "other/compose.yml", "down");
            }
        }
    }

    @Test
    void what_is_built_from_source_is_told_with_the_way_forward() {
        try (var shop =
                shop(
                        """
                        services:
                          web:
                            build: .
                            image: {p}/web:2.0
                            ports: ["127.0.0.1:{port}:3000"]
                        """)) {
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("web is built from source: the next docker compose up --build")
                    .contains(shop.filled("under the name {p}/web:1.0"))
                    .contains(shop.filled("to go forward again write image: {p}/web:2.0"));
            shop.file("compose.yml", shop.read("compose.yml") + "    pull_policy: build\n");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains("web is built from source: the next docker compose up builds what")
                    .contains("the next docker compose up builds it from source first");
        }
    }
}
