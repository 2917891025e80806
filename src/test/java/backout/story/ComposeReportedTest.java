package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;
import backout.run.Evidence;
import backout.run.Run;
import backout.run.RunEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What people reported of tools that make containers anew: none of it is lost here. */
class ComposeReportedTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Seat proven(Shop shop) {
        Seat li = shop.rollback("compose web because 5xx");
        assertThat(li.exitCode()).as(li.text()).isZero();
        return li;
    }

    /**
     * https://github.com/wowu/docker-rollout/issues/10, docker/compose#4923, docker/compose#10993
     */
    @Test
    void a_scaled_dependency_keeps_its_containers_and_an_optional_one_is_not_waited_for() {
        try (var shop =
                new Shop()
                        .images("web", "1.0", "2.0")
                        .images("side", "1")
                        .file(
                                "compose.yml",
                                Shop.ONE_SERVICE
                                        + """
                                            depends_on:
                                              worker: {condition: service_started}
                                              job: {condition: service_completed_successfully, required: false}
                                          worker:
                                            image: {p}/side:1
                                          job:
                                            image: {p}/job:1
                                            profiles: [ops]
                                        """)) {
            shop.compose("up", "--detach", "--scale", "worker=2");
            shop.awaitHealthy().proven("{p}/web:1.0");
            assertThat(proven(shop).words())
                    .contains(
                            "the number of containers of worker is 2, and docker compose would make"
                                    + " it 1")
                    .doesNotContain("job has no container");
            assertThat(shop.imageId("web")).isEqualTo(shop.idOf("{p}/web:1.0"));
            assertThat(shop.compose("ps", "--quiet", "worker").lines()).hasSize(2);
        }
    }

    /** https://github.com/docker-archive/compose-cli/issues/1815 */
    @Test
    void data_in_a_volume_that_only_the_newer_image_declares_come_along() {
        try (var shop = new Shop().images("web", "1.0").file("compose.yml", Shop.ONE_SERVICE)) {
            shop.image("web", "2.0", "good", "VOLUME /data");
            shop.up().awaitHealthy().proven("{p}/web:1.0");
            shop.compose("exec", "--no-TTY", "web", "sh", "-c", "echo precious > /data/file");
            assertThat(proven(shop).words())
                    .contains("compose would leave behind what web wrote to /data")
                    .contains("through the engine");
            assertThat(shop.compose("exec", "--no-TTY", "web", "busybox", "cat", "/data/file"))
                    .isEqualTo("precious");
            assertThat(shop.wouldDo()).isEmpty();
            shop.file("compose.yml", Shop.ONE_SERVICE).up().awaitHealthy();
            assertThat(shop.compose("exec", "--no-TTY", "web", "busybox", "cat", "/data/file"))
                    .isEqualTo("precious");
        }
    }

    /**
     * https://docs.docker.com/compose/releases/migrate/,
     * https://github.com/CanDIG/CanDIGv2/pull/160
     */
    @Test
    void a_name_with_underscores_stays_and_a_policy_that_pulls_is_told() {
        try (var shop =
                new Shop()
                        .images("web", "1.0", "2.0")
                        .options(List.of("--compatibility"))
                        .file("compose.yml", Shop.ONE_SERVICE + "    pull_policy: always\n")) {
            shop.compose("up", "--detach", "--pull", "never");
            shop.awaitHealthy().proven("{p}/web:1.0");
            assertThat(proven(shop).words())
                    .contains("web has pull_policy: always, so the next docker compose up asks")
                    .contains("the next docker compose up asks the registry first");
            assertThat(
                            shop.engine()
                                    .docker(
                                            "inspect",
                                            "--format",
                                            "{{.Image}}",
                                            shop.project() + "_web_1"))
                    .isEqualTo(shop.idOf("{p}/web:1.0"));
        }
    }

    /** https://github.com/netbox-community/netbox-docker/issues/32 */
    @Test
    void a_port_that_the_engine_chose_is_refused_where_the_checks_ask_it() {
        String open = Shop.ONE_SERVICE.replace("127.0.0.1:{port}:3000", "127.0.0.1::3000");
        try (var shop = new Shop().images("web", "1.0", "2.0").file("compose.yml", open)) {
            shop.up().proven("{p}/web:1.0");
            assertThat(shop.plan("compose web").words())
                    .contains("the engine chose where port 3000/tcp of web is published");
            String place = shop.compose("port", "web", "3000");
            shop.target(place, "");
            Seat li = shop.plan("compose web");
            assertThat(li.exitCode()).as(li.text()).isEqualTo(1);
            assertThat(li.text().replaceAll("\\s+", ""))
                    .contains("write" + place + ":3000/tcpamongtheports:ofwebinplaceof3000/tcp");
            shop.file("compose.yml", open.replace("127.0.0.1::3000", place + ":3000/tcp"));
            proven(shop);
            assertThat(shop.compose("port", "web", "3000")).isEqualTo(place);
        }
    }

    /** A switch is proven within a second; an engine measures what it uses once a second. */
    @Test
    void what_was_not_measured_when_it_was_proven_is_filled_in_by_the_soak() {
        try (var shop =
                new Shop()
                        .images("web", "1.0", "2.0")
                        .soak("1s")
                        .file("compose.yml", Shop.ONE_SERVICE)
                        .up()
                        .awaitHealthy()
                        .proven("{p}/web:1.0")) {
            assertThat(proven(shop).words())
                    .contains("held through the soak")
                    .contains("container [CPU]", "container [MEMORY]");
            try (var store = shop.store()) {
                var run = Run.of(store.journal().read(store.journal().recent(1).getFirst()));
                assertThat(run.checked(RunEvent.Moment.SOAK).orElseThrow().evidence().rows())
                        .extracting(Evidence.Row::finding)
                        .doesNotContain(Evidence.Finding.UNKNOWN);
            }
        }
    }
}
