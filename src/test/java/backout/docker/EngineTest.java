package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Against the engine that runs here. */
final class EngineTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private final TestEngine here = new TestEngine();
    private final Engine engine = here.engine;

    @AfterEach
    void removeAll() {
        here.close();
    }

    @Test
    void the_engine_tells_what_it_is() {
        var version = engine.version();
        var info = engine.info();

        assertThat(version.api()).matches("1\\.\\d+");
        assertThat(info.architecture()).isEqualTo(version.architecture());
        assertThat(info.dataRoot()).startsWith("/");
        assertThat(info.cpus()).isPositive();
    }

    @Test
    void containers_are_found_by_label_also_stopped_ones() {
        var name = here.unique + "-web";
        here.container(name, "--label", "k=" + here.unique, here.image("1"));
        engine.stop(name, AT_ONCE);

        var found = engine.containers(Map.of("k", here.unique));

        assertThat(found)
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.name()).isEqualTo(name);
                    assertThat(c.state()).isEqualTo("exited");
                    assertThat(c.imageId()).isEqualTo(here.imageId(here.unique + ":1"));
                });
        assertThat(engine.containers(Map.of("k", "other"))).isEmpty();
    }

    @Test
    void stopped_already_and_started_already_and_removed_already_are_success() {
        var name = here.unique + "-web";
        here.container(name, here.image("1"));

        engine.start(name);
        engine.stop(name, AT_ONCE);
        engine.stop(name, AT_ONCE);
        engine.remove(name);
        engine.remove(name);

        assertThat(engine.stateOf(name)).isEmpty();
    }

    @Test
    void a_running_container_is_not_removed() {
        var name = here.unique + "-web";
        here.container(name, here.image("1"));

        assertThatThrownBy(() -> engine.remove(name))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker would not remove container " + name);
        assertThat(engine.stateOf(name).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void the_state_tells_restarts_exit_codes_and_limits() {
        var name = here.unique + "-web";
        here.container(
                name,
                "--restart",
                "on-failure:2",
                "--memory",
                "64m",
                here.image("1"),
                "sh",
                "-c",
                "exit 7");
        TestEngine.until(
                "it gave up",
                () ->
                        engine.stateOf(name)
                                .filter(s -> s.restartCount() == 2 && !s.isRunning())
                                .isPresent());

        var state = engine.stateOf(name).orElseThrow();

        assertThat(state.exitCode()).isEqualTo(7);
        assertThat(state.isRunning()).isFalse();
        assertThat(state.startedAt()).isPresent();
        assertThat(state.memoryLimitBytes()).hasValue(64 << 20);
        assertThat(state.restartPolicy()).isEqualTo(new RestartPolicy("on-failure", 2));
        assertThat(state.health()).isEmpty();
        assertThat(here.docker("wait", name)).isEqualTo("7");
    }

    @Test
    void a_health_check_is_told() {
        var name = here.unique + "-web";
        here.container(
                name,
                "--health-cmd",
                "/bin/busybox true",
                "--health-interval",
                "1s",
                here.image("1"));

        // There is no shell in the image, so the check cannot succeed; what counts is that a state
        // is told.
        assertThat(engine.stateOf(name).orElseThrow().health()).isPresent();
    }

    @Test
    void both_streams_of_a_log_are_told_apart() {
        var name = here.unique + "-web";
        here.container(
                name,
                here.image("1"),
                "sh",
                "-c",
                "for i in 1 2 3; do echo out$i; done; echo err >&2");
        here.docker("wait", name);

        var all = engine.logs(name, 100, false);
        var last = engine.logs(name, 1, false);
        var timed = engine.logs(name, 100, true);

        assertThat(all)
                .contains(
                        new LogLine(LogLine.Stream.STDOUT, "out1"),
                        new LogLine(LogLine.Stream.STDERR, "err"))
                .hasSize(4);
        assertThat(last).hasSize(1);
        assertThat(timed.getFirst().text()).matches("\\d{4}-.*Z (out1|err)");
    }

    @Test
    void a_file_of_a_container_is_read_without_any_mount() {
        var name = here.unique + "-web";
        here.container(name, here.image("1"), "sh", "-c", "echo kept > /kept; exit 0");
        here.docker("wait", name);
        var read = new ByteArrayOutputStream();

        engine.files().tar(name, "/kept", read, Duration.ofSeconds(20));

        assertThat(read.toString(StandardCharsets.UTF_8))
                .startsWith("kept\0")
                .contains("\0kept\n\0");
        assertThatThrownBy(() -> engine.files().tar(name, "/gone", read, Duration.ofSeconds(20)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("read /gone of container " + name);
    }

    @Test
    void the_log_of_a_terminal_is_read_too() {
        var name = here.unique + "-web";
        here.container(name, "-t", here.image("1"), "sh", "-c", "echo one; echo two");
        here.docker("wait", name);

        assertThat(engine.logs(name, 10, false))
                .containsExactly(
                        new LogLine(LogLine.Stream.STDOUT, "one"),
                        new LogLine(LogLine.Stream.STDOUT, "two"));
    }

    @Test
    void what_a_busy_container_uses_is_measured() {
        var name = here.unique + "-web";
        here.container(name, "--memory", "64m", here.image("1"), "sh", "-c", "while :; do :; done");
        var first = engine.usage(name).orElseThrow();
        TestEngine.until(
                "it was busy",
                () ->
                        engine.usage(name).orElseThrow().cpuNanos()
                                > first.cpuNanos() + 200_000_000L);

        var later = engine.usage(name).orElseThrow();

        assertThat(later.cpuPercentSince(first).orElseThrow()).isBetween(5.0, 250.0);
        assertThat(later.memoryBytes()).isBetween(1L, 64L << 20);
        assertThat(later.memoryLimitBytes()).isEqualTo(64L << 20);
    }

    @Test
    void what_a_stopped_container_uses_is_not_known() {
        var name = here.unique + "-web";
        here.container(name, here.image("1"), "true");
        here.docker("wait", name);

        assertThat(engine.usage(name)).isEmpty();
    }

    @Test
    void events_are_followed_until_the_thread_is_interrupted() throws InterruptedException {
        var name = here.unique + "-web";
        var image = here.image("1");
        Queue<EngineEvent> seen = new ConcurrentLinkedQueue<>();
        var since = Instant.now();
        var follower =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                engine.follow(since, since, Duration.ofMinutes(5), seen::add);
                            } catch (ProblemException _) {
                                Thread.currentThread().interrupt();
                            }
                        });

        here.container(name, image, "sh", "-c", "exit 3");
        TestEngine.until(
                "its end was told",
                () -> seen.stream().anyMatch(e -> is(e, name) && e.action().equals("die")));
        follower.interrupt();

        assertThat(follower.join(Duration.ofSeconds(10))).isTrue();
        assertThat(seen.stream().filter(e -> is(e, name)).map(EngineEvent::action))
                .startsWith("create")
                .contains("start", "die");
        var die = seen.stream().filter(e -> is(e, name) && e.action().equals("die")).findFirst();
        assertThat(die.orElseThrow().attributes()).containsEntry("exitCode", "3");
        assertThat(die.orElseThrow().at()).isAfter(since.minusSeconds(60));
    }

    @Test
    void following_ends_by_itself_when_its_time_is_over() {
        var name = here.unique + "-web";
        here.container(name, here.image("1"), "true");
        Queue<EngineEvent> seen = new ConcurrentLinkedQueue<>();

        engine.follow(
                Instant.now().minusSeconds(60), Instant.now(), Duration.ofSeconds(1), seen::add);

        assertThat(seen).anyMatch(e -> is(e, name) && e.action().equals("create"));
    }

    @Test
    void an_image_is_described_and_one_that_is_not_here_is_absent() {
        var name = here.image("1", "ENV A=1");

        var image = engine.images().find(name).orElseThrow();

        assertThat(image.tags()).containsExactly(name);
        assertThat(image.digests()).isEmpty();
        assertThat(Json.texts(image.config().path("Env"))).contains("A=1");
        assertThat(engine.info().runs(image)).isTrue();
        assertThat(engine.images().find(here.unique + ":none")).isEmpty();
    }

    @Test
    void a_tag_is_taken_away_but_never_the_last_one() {
        var name = here.image("1");
        var protective = ImageName.parse(here.unique + "-kept:r1");
        engine.images().tag(here.imageId(name), protective);

        assertThat(engine.images().find(protective.toString())).isPresent();
        assertThat(engine.images().untag(protective)).isTrue();
        assertThat(engine.images().untag(protective)).isTrue();
        assertThat(engine.images().untag(ImageName.parse(name))).isFalse();
        assertThat(engine.images().find(name)).isPresent();
    }

    private static boolean is(EngineEvent event, String name) {
        return name.equals(event.attributes().get("name"));
    }
}
