package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.problem.ProblemException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Against the engine that runs here: from a bad image 2 to a good image 1 and back. */
@Order(4)
final class ContainerSwapTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final String HASH = "com.docker.compose.config-hash";

    private final TestEngine here = new TestEngine();
    private final Engine engine = here.engine;
    private final ContainerSwap swap = new ContainerSwap(engine);
    private final String web = here.unique + "-web";
    private String good = "";
    private String bad = "";

    @BeforeEach
    void twoImages() {
        good = here.image("1", "ENV RELEASE=1", "LABEL release=1");
        bad = here.image("2", "ENV RELEASE=2", "LABEL release=2", "VOLUME /data");
    }

    @AfterEach
    void removeAll() {
        here.close();
    }

    /** Docker gives a container between two crashes no new name: "sandbox … not found". */
    @Test
    void a_container_that_crashes_again_and_again_is_exchanged_too() {
        for (int round = 0; round < 3; round++) {
            String crashing = web + round;
            here.container(crashing, "--restart", "always", bad, "false");
            Await.until(
                    "it crashes again and again",
                    () -> engine.stateOf(crashing).orElseThrow().restartCount() > 2);
            var order = new SwapOrder("op" + round, crashing, here.imageId(good), good, Map.of());
            var receipt = swap.prepare(order);

            swap.forward(order, receipt, AT_ONCE);

            assertThat(engine.stateOf(crashing).orElseThrow().imageId())
                    .isEqualTo(here.imageId(good));
            assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.STARTED);
        }
    }

    @Test
    void the_new_container_is_like_the_old_one_but_for_its_image() {
        here.container(
                web,
                "-e",
                "TOKEN=x",
                "--label",
                HASH + "=old",
                "--restart",
                "unless-stopped",
                "--memory",
                "64m",
                "--hostname",
                "app1",
                bad);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);

        var fresh = engine.inspect(web).orElseThrow();
        var state = ContainerState.of(fresh);
        assertThat(state.isRunning()).isTrue();
        assertThat(state.imageId()).isEqualTo(here.imageId(good));
        assertThat(state.image()).isEqualTo(good);
        assertThat(state.restartPolicy()).isEqualTo(new RestartPolicy("unless-stopped", 0));
        assertThat(state.memoryLimitBytes()).hasValue(64 << 20);
        assertThat(state.labels())
                .isEqualTo(Map.of(HASH, "right", "release", "1", "backout.op", "op1"));
        assertThat(Json.texts(fresh.path("Config").path("Env"))).contains("RELEASE=1", "TOKEN=x");
        assertThat(Json.text(fresh.path("Config"), "Hostname")).isEqualTo("app1");
        assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.STARTED);
    }

    @Test
    void the_old_container_is_kept_where_no_restart_of_the_engine_starts_it() {
        here.container(web, "--restart", "always", bad);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);

        var old = engine.stateOf(receipt.oldId()).orElseThrow();
        assertThat(old.name()).isEqualTo(web + "-backout-old-op1");
        assertThat(old.isRunning()).isFalse();
        assertThat(old.restartPolicy()).isEqualTo(RestartPolicy.NO);
    }

    @Test
    void the_way_back_restores_the_old_container_as_it_was() {
        var id = here.container(web, "--restart", "on-failure:3", bad);
        var order = order();
        var receipt = swap.prepare(order);
        swap.forward(order, receipt, AT_ONCE);

        swap.back(receipt, AT_ONCE);

        var state = engine.stateOf(web).orElseThrow();
        assertThat(state.id()).isEqualTo(id);
        assertThat(state.isRunning()).isTrue();
        assertThat(state.restartPolicy()).isEqualTo(new RestartPolicy("on-failure", 3));
        assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.UNTOUCHED);
        assertThat(made()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,UNTOUCHED", "1,SET_ASIDE", "2,CREATED", "3,STOPPED", "4,STARTED"})
    void cut_off_after_any_step_it_is_told_how_far_it_is_and_can_be_finished(
            int done, SwapSight.Stage stage) {
        here.container(web, bad);
        var order = order();
        var receipt = swap.prepare(order);
        steps(order, receipt).subList(0, done).forEach(Runnable::run);
        assertThat(swap.look(receipt).stage()).isEqualTo(stage);

        swap.forward(order, receipt, AT_ONCE);

        assertThat(engine.stateOf(web).orElseThrow().imageId()).isEqualTo(here.imageId(good));
        assertThat(engine.stateOf(web).orElseThrow().isRunning()).isTrue();
        assertThat(engine.stateOf(receipt.oldId()).orElseThrow().isRunning()).isFalse();
        assertThat(made()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void cut_off_after_any_step_it_can_be_undone_twice(int done) {
        here.container(web, "--restart", "always", bad);
        var order = order();
        var receipt = swap.prepare(order);
        steps(order, receipt).subList(0, done).forEach(Runnable::run);

        swap.back(receipt, AT_ONCE);
        swap.back(receipt, AT_ONCE);

        var state = engine.stateOf(web).orElseThrow();
        assertThat(state.id()).isEqualTo(receipt.oldId());
        assertThat(state.isRunning()).isTrue();
        assertThat(state.restartPolicy()).isEqualTo(new RestartPolicy("always", 0));
        assertThat(made()).isEmpty();
    }

    /** What the exchange made; another test beside this one may call its own the same. */
    private List<ContainerSummary> made() {
        return engine.containers(Map.of("backout.op", "op1")).stream()
                .filter(one -> one.name().startsWith(web))
                .toList();
    }

    @Test
    void the_way_back_can_be_cut_off_anywhere_too() {
        here.container(web, bad);
        var order = order();
        var receipt = swap.prepare(order);
        for (var done = 1; done <= 3; done++) {
            swap.forward(order, receipt, AT_ONCE);
            var fresh = engine.stateOf(web).orElseThrow().id();
            var back =
                    List.<Runnable>of(
                            () -> engine.stop(fresh, AT_ONCE),
                            () -> engine.start(receipt.oldId()),
                            () -> engine.remove(fresh));
            back.subList(0, done).forEach(Runnable::run);

            swap.back(receipt, AT_ONCE);

            assertThat(engine.stateOf(web).orElseThrow().id()).isEqualTo(receipt.oldId());
            assertThat(engine.stateOf(web).orElseThrow().isRunning()).isTrue();
            assertThat(made()).isEmpty();
        }
    }

    @Test
    void anonymous_volumes_go_along_and_stay_when_the_old_container_is_removed() {
        here.container(web, bad, "sh", "-c", "echo kept > /data/f; while :; do sleep 1; done");
        TestEngine.until(
                "the file is there",
                () -> engine.stateOf(web).orElseThrow().isRunning() && fileOf(web).equals("kept"));
        var volume = volumeOf(web);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);
        swap.keep(receipt);
        swap.keep(receipt);

        assertThat(volumeOf(web)).isEqualTo(volume).matches("[0-9a-f]{64}");
        assertThat(fileOf(web)).isEqualTo("kept");
        assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.KEPT);
        assertThatThrownBy(() -> swap.back(receipt, AT_ONCE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is gone: there is nothing to go back to");
        assertThat(engine.stateOf(web).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void fixed_addresses_and_names_in_two_networks_are_kept_there_and_back() {
        var front = here.unique + "-front";
        var back = here.unique + "-back";
        here.network(front, "10.213.17.0/24");
        here.network(back, "10.213.18.0/24");
        here.container(
                web, "--network", front, "--ip", "10.213.17.9", "--network-alias", "shop", bad);
        here.docker("network", "connect", "--ip", "10.213.18.9", "--alias", "api", back, web);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);
        var fresh = networksOf(web);
        swap.back(receipt, AT_ONCE);
        var restored = networksOf(web);

        var wanted = List.of(back + " 10.213.18.9 [api]", front + " 10.213.17.9 [shop]");
        assertThat(fresh).isEqualTo(wanted);
        assertThat(restored).isEqualTo(wanted);
    }

    @Test
    void a_container_in_the_default_network_stays_there() {
        here.container(web, "--network", "bridge", bad);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);

        assertThat(networksOf(web)).singleElement().asString().startsWith("bridge 1");
    }

    @Test
    void a_container_that_was_created_but_not_connected_everywhere_is_connected_on_resume() {
        var back = here.unique + "-back";
        here.network(here.unique + "-front", "10.213.19.0/24");
        here.network(back, "10.213.20.0/24");
        here.container(web, "--network", here.unique + "-front", bad);
        here.docker("network", "connect", back, web);
        var order = order();
        var receipt = swap.prepare(order);
        swap.setAside(receipt);
        swap.create(order, receipt);
        here.docker("network", "disconnect", back, web);

        swap.forward(order, receipt, AT_ONCE);

        assertThat(networksOf(web)).hasSize(2).first().asString().startsWith(back);
    }

    @Test
    void a_published_port_is_taken_over_and_given_back() {
        here.container(web, "-p", "127.0.0.1::8080", bad);
        var port = here.docker("port", web, "8080/tcp").replaceFirst(".*:", "");
        engine.stop(web, AT_ONCE);
        engine.remove(web);
        here.container(web, "-p", "127.0.0.1:" + port + ":8080", bad);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);
        assertThat(here.docker("port", web, "8080/tcp")).isEqualTo("127.0.0.1:" + port);

        swap.back(receipt, AT_ONCE);
        assertThat(here.docker("port", web, "8080/tcp")).isEqualTo("127.0.0.1:" + port);
    }

    @Test
    void a_new_container_that_ended_is_not_started_a_second_time() {
        here.container(web, bad, "sh", "-c", "[ $RELEASE = 1 ] && exit 5; exec sleep 3600");
        var order = order();
        var receipt = swap.prepare(order);
        swap.forward(order, receipt, AT_ONCE);
        assertThat(here.docker("wait", web)).isEqualTo("5");
        var first = engine.stateOf(web).orElseThrow().startedAt();

        swap.forward(order, receipt, AT_ONCE);

        assertThat(engine.stateOf(web).orElseThrow().startedAt()).isEqualTo(first);
    }

    @Test
    void a_container_that_did_not_run_is_not_started_on_the_way_back() {
        here.container(web, bad);
        engine.stop(web, AT_ONCE);
        var order = order();
        var receipt = swap.prepare(order);
        swap.forward(order, receipt, AT_ONCE);

        swap.back(receipt, AT_ONCE);

        assertThat(engine.stateOf(web).orElseThrow().isRunning()).isFalse();
    }

    @Test
    void a_new_container_that_is_made_again_gets_the_restart_policy_that_the_old_one_had() {
        here.container(web, "--restart", "always", bad);
        var order = order();
        var receipt = swap.prepare(order);
        steps(order, receipt).subList(0, 3).forEach(Runnable::run);
        engine.remove(web);

        swap.forward(order, receipt, AT_ONCE);

        assertThat(engine.stateOf(web).orElseThrow().restartPolicy())
                .isEqualTo(new RestartPolicy("always", 0));
    }

    @Test
    void a_name_that_somebody_else_took_meanwhile_is_left_to_them() {
        here.container(web, bad);
        var order = order();
        var receipt = swap.prepare(order);
        swap.setAside(receipt);
        var theirs = here.container(web, good);

        assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.LOST);
        assertThatThrownBy(() -> swap.create(order, receipt)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> swap.back(receipt, AT_ONCE))
                .hasMessageContaining("something else made a container of this name meanwhile");
        assertThat(engine.stateOf(theirs).orElseThrow().isRunning()).isTrue();
        assertThat(engine.stateOf(receipt.oldId()).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void a_name_of_the_image_that_was_moved_leaves_no_new_container() {
        here.container(web, bad);
        var order = order();
        var receipt = swap.prepare(order);
        swap.setAside(receipt);
        here.docker("tag", bad, good);

        assertThatThrownBy(() -> swap.create(order, receipt)).hasMessageContaining("as planned");

        assertThat(swap.look(receipt).stage()).isEqualTo(SwapSight.Stage.SET_ASIDE);
    }

    @Test
    void what_cannot_be_exchanged_is_refused_before_anything_is_done() {
        var id = here.container(web, "--rm", bad);
        here.container(here.unique + "-guest", "--network", "container:" + web, bad);
        var order =
                new SwapOrder(
                        "op1", web, "sha256:" + "0".repeat(64), here.unique + ":none", Map.of());

        assertThatThrownBy(() -> swap.prepare(order))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(Object::toString)
                                        .satisfiesExactly(
                                                p ->
                                                        assertThat(p)
                                                                .contains("was started with --rm"),
                                                p ->
                                                        assertThat(p)
                                                                .contains(
                                                                        "lends its network or"
                                                                                + " processes to "
                                                                                + here.unique
                                                                                + "-guest"),
                                                p ->
                                                        assertThat(p)
                                                                .contains(
                                                                        ":none is not on this"
                                                                                + " machine")));
        assertThatThrownBy(() ->
                        swap.prepare(
                                new SwapOrder(
                                        "op1",
                                        id.substring(0, 12),
                                        here.imageId(good),
                                        good,
                                        Map.of())))
                .hasMessageContaining("there is no container");
        assertThat(engine.stateOf(web).orElseThrow().isRunning()).isTrue();
    }

    @Test
    void a_container_whose_image_lost_its_name_is_exchanged_all_the_same() {
        var badId = here.imageId(bad);
        here.container(web, bad);
        here.docker("image", "rm", "-f", bad);
        var order = order();
        var receipt = swap.prepare(order);

        swap.forward(order, receipt, AT_ONCE);

        assertThat(receipt.oldImageId()).isEqualTo(badId);
        assertThat(Json.texts(engine.inspect(web).orElseThrow().path("Config").path("Env")))
                .contains("RELEASE=1")
                .doesNotContain("RELEASE=2");
    }

    private SwapOrder order() {
        return new SwapOrder("op1", web, here.imageId(good), good, Map.of(HASH, "right"));
    }

    private List<Runnable> steps(SwapOrder order, SwapReceipt receipt) {
        return List.of(
                () -> swap.setAside(receipt),
                () -> swap.create(order, receipt),
                () -> swap.stopOld(receipt, AT_ONCE),
                () -> swap.startNew(receipt));
    }

    private List<String> networksOf(String container) {
        var networks =
                engine.inspect(container).orElseThrow().path("NetworkSettings").path("Networks");
        var told = new ArrayList<String>();
        networks.properties()
                .forEach(n ->
                        told.add(
                                n.getKey()
                                        + " "
                                        + Json.text(n.getValue(), "IPAddress")
                                        + " "
                                        + Json.texts(n.getValue().path("Aliases")).stream()
                                                .filter(alias -> !alias.matches("[0-9a-f]{12}"))
                                                .toList()));
        return told.stream().sorted().toList();
    }

    private String volumeOf(String container) {
        return Json.text(engine.inspect(container).orElseThrow().path("Mounts").path(0), "Name");
    }

    private String fileOf(String container) {
        return here.docker("exec", container, "/bin/busybox", "sh", "-c", "cat /data/f || true");
    }
}
