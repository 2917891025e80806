package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.fixture.SecondMachine;
import backout.host.Hosts;
import backout.plan.TargetEvent;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A container of another machine, on which nothing is but an SSH server and Docker. On the bot's
 * own runs one of the very same name, which nobody may touch.
 */
class ContainerOtherHostTest {
    private static final String TARGET = "host: ssh:second\nfrom: host";

    private static SecondMachine machine;
    private static Hosts hosts;

    private Lone lone;

    @BeforeAll
    static void machine() {
        Needs.relay();
        machine = new SecondMachine();
        hosts = machine.hosts();
        var images = RelayImages.shared();
        Cli.here()
                .run(
                        "sh",
                        "-c",
                        "docker save %s %s %s %s | docker exec -i %s docker load"
                                .formatted(
                                        images.of(Release.GOOD),
                                        images.of(Release.GOOD_2),
                                        images.of(Release.HEALTH_500),
                                        images.redis(),
                                        machine.name()));
    }

    @AfterAll
    static void end() {
        // what was left out began nothing
        if (hosts != null) {
            hosts.close();
        }
        if (machine != null) {
            machine.close();
        }
    }

    @BeforeEach
    void started() {
        lone = new Lone(Release.GOOD_2).reaching(hosts);
        lone.config("hosts.yml", machine.described()).target(TARGET);
        machine.sh("docker network create " + lone.name);
        machine.sh(
                "docker run -d --name %s-redis --network %s --network-alias redis %s redis-server"
                        .formatted(lone.name, lone.name, lone.images.redis()));
    }

    @AfterEach
    void removed() {
        machine.sh("docker ps -aq | xargs -r docker rm -fv");
        machine.sh("docker network rm " + lone.name);
        lone.close();
    }

    private void run(Release release) {
        machine.sh(
                ("mkdir -p /srv/lone && docker run -d --name %s --restart unless-stopped -p"
                                + " 127.0.0.1:%d:3000 -v /srv/lone:/app/data -e REDIS_HOST=redis -e"
                                + " JWT_SECRET=%s --memory 64m --network %s --network-alias relay"
                                + " %s")
                        .formatted(
                                lone.name,
                                lone.port,
                                Lone.SECRET,
                                lone.name,
                                lone.images.of(release)));
        Await.until(
                release + " answers there",
                () ->
                        release == Release.HEALTH_500
                                || machine.sh(
                                                "busybox wget -qO- http://127.0.0.1:"
                                                        + lone.port
                                                        + "/health 2>&1 || true")
                                        .contains("{"));
    }

    private void proven(Release release) {
        String id = there("docker image inspect --format {{.Id}} " + lone.images.of(release));
        Instant now = Instant.now();
        lone.note(
                new TargetEvent.Seen(
                        now, id, lone.images.of(release), release.version(), release.version()),
                new TargetEvent.FoundGood(now, id, release.version()));
    }

    private static String there(String line) {
        return machine.sh(line).strip();
    }

    private String shape() {
        return there(
                "docker inspect --format '{{.Config.Image}} {{json .HostConfig}}' " + lone.name);
    }

    private String here() {
        return lone.inspect("{{.Id}} {{.State.StartedAt}} {{.Name}}");
    }

    @Test
    void a_rollback_is_proven_there_and_what_was_saved_is_opened_here() throws IOException {
        run(Release.HEALTH_500);
        proven(Release.GOOD);
        there("echo anna > /srv/lone/users");
        String before = shape();
        String here = here();

        var seat = lone.rollback("container relay because 5xx");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(seat.words()).contains("ssh:second").doesNotContain(Lone.SECRET);
        assertThat(shape())
                .isEqualTo(
                        before.replace(
                                lone.images.of(Release.HEALTH_500), lone.images.of(Release.GOOD)));
        assertThat(there("docker ps -a --format '{{.Names}}'").lines())
                .containsExactlyInAnyOrder(lone.name, lone.name + "-redis");
        assertThat(here()).isEqualTo(here);
        Path open = lone.home.resolve("open");
        var opening = lone.seat();
        opening.run("open", lone.lastRun().id().text(), open.toString());
        assertThat(open.resolve("srv/lone/users")).as(opening.text()).hasContent("anna");
        assertThat(Files.readString(open.resolve("container.json")))
                .contains("JWT_SECRET=" + Lone.SECRET);
    }

    @Test
    void what_became_worse_is_undone_there() {
        run(Release.GOOD_2);
        proven(Release.HEALTH_500);
        String id = there("docker inspect --format {{.Id}} " + lone.name);
        String here = here();

        var seat = lone.rollback("container relay because 5xx");

        assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
        assertThat(seat.words()).contains("The rollback was undone");
        assertThat(there("docker inspect --format {{.Id}} " + lone.name)).isEqualTo(id);
        assertThat(shape()).contains(lone.images.of(Release.GOOD_2), "unless-stopped");
        assertThat(here()).isEqualTo(here);
    }

    /** The same lines from anywhere: they go to the other machine. */
    @Test
    void the_script_of_the_plan_works_there() throws IOException {
        run(Release.HEALTH_500);
        proven(Release.GOOD);
        String here = here();
        Path script = lone.home.resolve("rollback.sh");
        Files.writeString(script, lone.plan("container relay", "--shell").text());
        there("rm -f /tmp/rollback.sh");
        Cli.here()
                .run(
                        "sh",
                        "-c",
                        "docker exec -i %s sh -c 'cat > /tmp/rollback.sh' < %s"
                                .formatted(machine.name(), script));

        there("sh /tmp/rollback.sh 2>&1");

        assertThat(shape()).contains(lone.images.of(Release.GOOD));
        there("sh /tmp/rollback.sh back 2>&1");
        assertThat(shape()).contains(lone.images.of(Release.HEALTH_500));
        assertThat(here()).isEqualTo(here);
    }
}
