package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Needs;
import backout.fixture.Release;
import backout.run.Run;
import backout.run.RunEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What people reported of containers that were put back by other programs. */
final class ContainerReportedTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static void assertRefused(Lone lone, Seat seat, String before) {
        assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
        assertThat(lone.inspect("{{.Id}} {{.Name}} {{.State.StartedAt}}")).isEqualTo(before);
    }

    private static String serving(Lone lone) {
        return lone.inspect("{{.Id}} {{.Name}} {{.State.StartedAt}}");
    }

    /** They would sit in a network that is no more. */
    @Test
    void whoever_lives_in_its_network_is_named_before_anything_is_changed() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            String guest = lone.name + "-guest";
            lone.engine.docker(
                    "run",
                    "--detach",
                    "--name",
                    guest,
                    "--network",
                    "container:" + lone.name,
                    lone.images.redis(),
                    "redis-server");
            String before = serving(lone);

            var seat = lone.rollback("container relay because 5xx");

            assertRefused(lone, seat, before);
            assertThat(seat.words())
                    .contains("lends its network or processes to " + guest)
                    .contains("docker run --network container:" + lone.name)
                    .doesNotContain("with compose");
        }
    }

    /** Stopping it would delete it, and the way back with it. */
    @Test
    void one_that_removes_itself_is_refused() {
        try (var lone = new Lone().proven(Release.GOOD)) {
            lone.runOnce(Release.HEALTH_500);
            String before = serving(lone);

            var seat = lone.rollback("container relay because 5xx");

            assertRefused(lone, seat, before);
            assertThat(seat.words()).contains("was started with --rm");
        }
    }

    @Test
    void one_that_was_stopped_is_started_and_the_plan_says_so() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            lone.engine.docker("stop", lone.name);

            assertThat(lone.plan("container relay").words())
                    .contains("it is exited now; the rollback starts it, and so does its undo");
            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(lone.runs(Release.GOOD)).isTrue();
        }
    }

    /** A proxy in front of it keeps the old one. */
    @Test
    void a_port_that_nobody_chose_is_told() {
        try (var lone =
                new Lone(Release.HEALTH_500, "--publish", "127.0.0.1::3001").proven(Release.GOOD)) {
            String port =
                    lone.inspect(
                            "{{(index (index .NetworkSettings.Ports \"3001/tcp\") 0).HostPort}}");

            assertThat(lone.plan("container relay").words())
                    .contains(
                            "nobody chose these ports of the machine, and they will be others: "
                                    + port);
        }
    }

    /** The engine makes an empty folder where there is none. */
    @Test
    void a_folder_that_is_gone_is_told() throws IOException {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            Files.move(lone.folder.resolve("logs"), lone.folder.resolve("moved"));

            assertThat(lone.plan("container relay").words())
                    .contains("not found now", lone.folder.resolve("logs").toString());
        }
    }

    /** It was looked up by its name once, and the name means another image since. */
    @Test
    void an_image_whose_name_was_moved_after_the_plan_is_not_run() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD).policy("votes: 1")) {
            String name = lone.images.of(Release.GOOD);
            String good = lone.images.idOf(Release.GOOD);
            var li = lone.seat().start("run", "container relay because 5xx", "--as", "li", "--yes");
            String id = li.runId();
            li.until("it waits for a vote", () -> lone.lastRun().isConfirmed());
            lone.engine.docker("tag", lone.images.of(Release.CRASH_LOOP), name);
            try {
                lone.seat().run("run", "approve " + id, "--as", "anna");
                li.until("it is told", () -> hasChanged(lone.lastRun()));

                assertThat(lone.runs(Release.HEALTH_500)).as(li.text()).isTrue();
                li.interrupt();
            } finally {
                lone.engine.docker("tag", good, name);
            }
        }
    }

    private static boolean hasChanged(Run run) {
        return run.events().stream().anyMatch(RunEvent.PlanChanged.class::isInstance);
    }

    /** It goes back to one that it runs in now but for its image: a proven one is a full target. */
    @Test
    void an_image_that_no_registry_knows_is_enough() {
        try (var lone = new Lone(Release.HEALTH_500).proven(Release.GOOD)) {
            var seat = lone.rollback("container relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(seat.words()).doesNotContain("pull");
            assertThat(List.of(lone.inspect("{{.Config.Image}}")))
                    .containsExactly(lone.images.of(Release.GOOD));
        }
    }
}
