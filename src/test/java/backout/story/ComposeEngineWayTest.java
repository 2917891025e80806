package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine's way makes the container that compose would make, or the plan refuses it. */
class ComposeEngineWayTest {
    /** Whatever the old image says too, and some more; nothing of it is the image's. */
    private static final String RICH =
            """
            services:
              web:
                image: {p}/web:2.0
                ports: ["127.0.0.1:{port}:3000", "4001"]
                expose: ["7000", "7001/udp"]
                command: ["/app/start"]
                environment: {LEVEL: quiet, OWN: "a$$b", NOTHING: "", UNKNOWN: }
                env_file: web.env
                user: "0"
                working_dir: /app
                stop_signal: SIGTERM
                labels: {team: blue, "own.label": "1"}
                hostname: shop
                init: true
                read_only: false
                tmpfs: [/scratch]
                cap_drop: [NET_RAW]
                extra_hosts: ["elsewhere:10.0.0.1"]
                ulimits: {nofile: 2048}
                logging: {options: {max-size: 1m}}
                restart: unless-stopped
                stop_grace_period: 2s
                shm_size: 32m
                volumes:
                  - ./data:/data
                  - named:/named
                  - /anonymous
                networks:
                  default: {aliases: [front]}
                  back:
                configs: [{source: plain, target: /etc/plain.conf}]
                healthcheck:
                  test: ["CMD", "true"]
                  interval: 2s
                depends_on: [db]
              db:
                image: {p}/db:1
                env_file: db.env
            volumes: {named: }
            networks: {back: }
            configs: {plain: {file: ./plain.conf}}
            """;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Shop rich() {
        var shop = new Shop().images("db", "1");
        shop.image(
                "web",
                "2.0",
                "good",
                "ENV LEVEL=quiet",
                "LABEL team=blue",
                "LABEL of=2",
                "USER 0",
                "EXPOSE 7000",
                "EXPOSE 7002",
                "VOLUME /anonymous",
                "HEALTHCHECK --interval=2s CMD true");
        shop.image(
                "web",
                "1.0",
                "good",
                "ENV LEVEL=loud",
                "ENV ONLY=1",
                "LABEL team=red",
                "LABEL of=1",
                "USER 65534",
                "WORKDIR /tmp",
                "EXPOSE 7003",
                "VOLUME /of1",
                "HEALTHCHECK --interval=5s --retries=7 CMD false");
        return shop.file("compose.yml", RICH)
                .file("web.env", "FROM_FILE=x\nLEVEL=other\n")
                .file("db.env", "A=1\n")
                .file("plain.conf", "mode=plain\n")
                .up()
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    @Test
    void its_container_differs_in_nothing_from_the_one_that_compose_makes() {
        try (var shop = rich().target("swap: api")) {
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words()).contains("the next docker compose up leaves it alone");
            assertThat(shop.inspect("web", "{{.Config.Env}}")).contains("LEVEL=quiet");
            assertThat(shop.wouldDo()).isEmpty();
            assertThat(AsCompose.differences(shop, "web")).isEmpty();
        }
    }

    @Test
    void its_undo_brings_back_what_ran() {
        try (var shop = rich().target("swap: api")) {
            shop.image("web", "0.9", "health-500", "ENV LEVEL=loud", "USER 65534");
            Seat li = shop.rollback("compose web to 0.9 because 5xx");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:2.0"));
            assertThat(shop.inspect("web", "{{.Config.User}} {{.Config.Env}}"))
                    .startsWith("0 ")
                    .contains("LEVEL=quiet");
            assertThat(shop.wouldDo()).isEmpty();
            assertThat(AsCompose.differences(shop, "web")).isEmpty();
        }
    }

    private static Shop inline() {
        return new Shop()
                .images("web", "1.0", "2.0")
                .images("db", "1")
                .file(
                        "compose.yml",
                        """
                        services:
                          web:
                            image: {p}/web:2.0
                            ports: ["127.0.0.1:{port}:3000"]
                            depends_on: [db]
                            configs: [{source: inline, target: /etc/app.conf}]
                            secrets: [token]
                          db:
                            image: {p}/db:1
                            env_file: db.env
                        configs: {inline: {content: "mode=production"}}
                        secrets: {token: {environment: TOKEN}}
                        """)
                .file(".env", "TOKEN=abc\n")
                .file("db.env", "X=1\n")
                .up()
                .awaitHealthy()
                .proven("{p}/web:1.0");
    }

    private static String inside(Shop shop) {
        return shop.engine()
                .docker(
                        "exec",
                        shop.container("web"),
                        "/bin/busybox",
                        "cat",
                        "/etc/app.conf",
                        "/run/secrets/token");
    }

    @Test
    void what_compose_copies_into_the_container_is_not_lost() {
        try (var shop = inline().file("db.env", "X=2\n")) {
            Seat plan = shop.plan("compose web");
            assertThat(plan.words())
                    .contains("compose would not leave the dependencies alone")
                    .contains("compose copies inline, token into the container")
                    .contains("bring what it names up to date first with docker compose up -d");
            assertThat(shop.target("swap: api").plan("compose web").words())
                    .contains("compose copies inline, token into the container");
            Seat check = shop.seat();
            assertThat(check.run("check", "--live")).as(check.text()).isEqualTo(1);
            assertThat(check.words())
                    .contains("compose/web cannot be rolled back: ")
                    .contains("compose copies inline, token into the container");
            shop.target("").compose("up", "--detach", "db");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(inside(shop)).contains("mode=production").contains("abc");
            assertThat(shop.wouldDo()).isEmpty();
        }
    }

    @Test
    void a_change_that_the_engine_leaves_out_is_not_labelled_as_applied() {
        try (var shop = rich().target("swap: api")) {
            shop.file("web.env", "FROM_FILE=y\n");
            Seat li = shop.rollback("compose web because 5xx");
            assertThat(li.exitCode()).as(li.text()).isZero();
            assertThat(li.words())
                    .contains("web keeps what it runs with where the files say otherwise")
                    .contains("the next docker compose up changes it: environment FROM_FILE")
                    .contains("the next docker compose up would make it anew");
            assertThat(shop.inspect("web", "{{.Config.Env}}")).contains("FROM_FILE=x");
            assertThat(shop.wouldDo()).anyMatch(line -> line.contains("web-1  Recreate"));
        }
    }
}
