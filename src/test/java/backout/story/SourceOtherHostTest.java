package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.Release;
import backout.fixture.SecondMachine;
import backout.host.Hosts;
import backout.run.RunEvent;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * A service that runs out of a folder of another machine, on which nothing is but an SSH server and
 * busybox: neither git nor Node.
 */
@Order(3)
final class SourceOtherHostTest {
    private static final Path APP = Path.of("/srv/relay");

    /** Who is asked to end takes all the time that it is given. */
    private static final String STUBBORN =
            "trap 'touch /srv/asked' TERM; busybox httpd -f -p 127.0.0.1:PORT & while :; do sleep"
                    + " 1; done";

    private static final String HOOKED =
            """
            host: ssh:second
            from: host
            hooks:
              before-switch: [[sh, /srv/note]]
              after-switch: [[sh, /srv/note]]
              after-proof: [[sh, /srv/note]]
              after-undo: [[sh, /srv/note]]
            """;

    private static SecondMachine machine;
    private static Hosts hosts;

    private Deployed deployed;

    @BeforeAll
    static void machine() {
        Needs.relay();
        machine = new SecondMachine();
        hosts = machine.hosts();
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
    void released() {
        deployed = new Deployed().reaching(hosts, machine, APP);
        release(Release.GOOD, "healthy");
        release(Release.GOOD_2, "healthy");
        release(Release.REDIS_DOWN, "unhealthy");
    }

    /** A hook notes what it is told, and which release is current just then. */
    @BeforeEach
    void note() {
        machine.sh(
                """
                cat >/srv/note <<'END'
                echo "$BACKOUT_HOOK $BACKOUT_TARGET $BACKOUT_FROM>$BACKOUT_TO $BACKOUT_OUTCOME here\
                 $(basename $(readlink %s/current))" >>/srv/hooks
                END
                """
                        .formatted(APP));
    }

    private void release(Release release, String redis) {
        machine.sh(
                """
                mkdir -p %1$s/releases/%2$s %1$s/shared/data && cd %1$s/releases/%2$s
                ln -s %1$s/shared/data data; echo %3$s >REVISION
                echo '{"status": "healthy", "version": "%2$s", "components": {"redis": {"status": "%4$s"}}}' >health
                """
                        .formatted(APP, release.version(), deployed.of(release), redis));
    }

    @AfterEach
    void removed() {
        machine.formerKey();
        machine.sh("pkill -9 busybox; pkill -9 -f '[/]srv/asked'; rm -rf /srv/*");
        deployed.close();
    }

    private void run(Release release, String line) {
        machine.sh(
                "cd %1$s && ln -sfn releases/%2$s current && cd current && %3$s"
                        .formatted(
                                APP,
                                release.version(),
                                "(setsid " + line + " </dev/null >/srv/log 2>&1 &)"));
        Await.until(release + " answers there", () -> health().contains(release.version()));
    }

    private void run(Release release) {
        run(release, "busybox httpd -f -p 127.0.0.1:" + deployed.port);
    }

    private String health() {
        return machine.sh(
                "busybox wget -qO- http://127.0.0.1:%d/health 2>&1 || true"
                        .formatted(deployed.port));
    }

    private void assertServed(Release release) {
        String folder = APP + "/releases/" + release.version();
        assertThat(machine.sh("readlink -f " + APP + "/current").strip()).isEqualTo(folder);
        assertThat(machine.sh("for p in $(pidof busybox); do readlink /proc/$p/cwd; done").lines())
                .containsOnly(folder);
        assertThat(health()).contains(release.version());
    }

    @Test
    void a_rollback_is_proven_there_and_what_was_saved_is_opened_here() throws IOException {
        run(Release.REDIS_DOWN);
        deployed.proven(Release.GOOD);
        machine.sh("echo anna >%s/shared/data/users".formatted(APP));
        deployed.with(HOOKED);

        var seat = deployed.rollback("source relay because 5xx");

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(seat.words()).contains("ssh:second");
        assertServed(Release.GOOD);
        assertThat(machine.sh("cat /srv/hooks").lines())
                .containsExactly(
                        "before-switch source/relay 1.3.4>1.1.0  here 1.3.4",
                        "after-switch source/relay 1.3.4>1.1.0 switched here 1.1.0",
                        "after-proof source/relay 1.3.4>1.1.0 proven here 1.1.0");
        Path open = deployed.home.resolve("open");
        var opening = deployed.seat();
        opening.run("open", deployed.lastRun().id().text(), open.toString());
        assertThat(open.resolve("srv/relay/shared/data/users"))
                .as(opening.text())
                .hasContent("anna");
    }

    @Test
    void what_became_worse_is_undone_there() {
        run(Release.GOOD_2);
        deployed.proven(Release.REDIS_DOWN).with(HOOKED);

        var seat = deployed.rollback("source relay because 5xx");

        assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
        assertThat(seat.words()).contains("The rollback was undone");
        assertServed(Release.GOOD_2);
        assertThat(machine.sh("tail -n 1 /srv/hooks").strip())
                .isEqualTo("after-undo source/relay 1.2.0>1.3.4 undone here 1.2.0");
    }

    @Test
    void a_line_that_is_cut_while_it_stops_is_no_failure_and_nothing_is_done_twice() {
        var cut = new CompletableFuture<Void>();
        Seat seat = whileItStops(cut, () -> machine.sh("pkill -9 -f '[s]shd: root'"));

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertThat(cut).isCompleted();
        assertServed(Release.GOOD);
        assertSwitchedOnce();
    }

    @Test
    void a_machine_that_shows_another_key_meanwhile_is_told_and_not_touched() {
        var swapped = new CompletableFuture<Void>();
        Seat seat = whileItStops(swapped, machine::anotherKey);

        Await.until("it is another one", swapped::isDone);
        seat.until("it is told", () -> seat.words().contains("the machine shows another key"));
        assertThat(deployed.lastRun().outcome()).isEmpty();
        machine.formerKey();

        assertThat(seat.exitCode()).as(seat.text()).isZero();
        assertServed(Release.GOOD);
        assertSwitchedOnce();
    }

    private Seat whileItStops(CompletableFuture<Void> done, Runnable what) {
        deployed.with("host: ssh:second\nfrom: host\nstop-within: 10s").proven(Release.GOOD);
        run(
                Release.REDIS_DOWN,
                "sh -c \"" + STUBBORN.replace("PORT", Integer.toString(deployed.port)) + '"');
        var isBegun = new AtomicBoolean();
        return deployed.seat()
                .journaled(journal ->
                        new WatchedJournal(
                                journal,
                                event -> {
                                    if (event instanceof RunEvent.StepBegan
                                            && isBegun.compareAndSet(false, true)) {
                                        done.completeAsync(
                                                () -> {
                                                    machine.sh(
                                                            "until [ -e /srv/asked ]; do sleep 0.1;"
                                                                    + " done");
                                                    what.run();
                                                    return null;
                                                },
                                                work -> Thread.ofPlatform().daemon().start(work));
                                    }
                                }))
                .start("run", "source relay because 5xx", "--as", "li", "--yes");
    }

    private void assertSwitchedOnce() {
        var events = deployed.lastRun().events();
        assertThat(events).noneMatch(RunEvent.StepFailed.class::isInstance);
        assertThat(Stream.of(events.toArray()).filter(RunEvent.StepBegan.class::isInstance))
                .as(events.toString())
                .hasSize(2);
    }
}
