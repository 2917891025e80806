package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import com.jcraft.jsch.JSchException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The connection is cut while something is done on the other machine. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshCutTest {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Secrets NO_SECRETS = new Secrets(_ -> "");
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2));

    @SuppressWarnings("NullAway.Init")
    private SecondMachine machine;

    @SuppressWarnings("NullAway.Init")
    private SshHost host;

    @BeforeAll
    void start() {
        Needs.secondMachine();
        machine = new SecondMachine();
        host = new SshHost(machine.machine(), Optional.empty(), NO_SECRETS, PATIENCE);
    }

    @AfterEach
    void mend() {
        machine.sh("iptables -F");
    }

    @AfterAll
    void stop() {
        if (machine != null) {
            host.close();
            machine.close();
        }
    }

    /** The server's process for the connection, at once; whoever is connected is told. */
    private void killServer() {
        machine.sh(
                "kill -9 $(grep -lE '^sshd: root' /proc/[0-9]*/cmdline | sed 's|/proc/||;"
                        + " s|/.*||')");
    }

    private CompletableFuture<Result> start(Command command) {
        var result = new CompletableFuture<Result>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(host.run(command));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                });
        return result;
    }

    private static Path newFile() {
        return Path.of("/root/" + UUID.randomUUID());
    }

    private boolean isThere(Path file) {
        return machine.sh("[ -e " + file + " ] && echo yes; true").equals("yes");
    }

    private static Result soon(CompletableFuture<Result> result) throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }

    private void requireUsable() {
        assertThat(host.run(Command.of(LONG, "hostname")).exited().stdout().text().strip())
                .isEqualTo(machine.name());
    }

    @Test
    void a_command_whose_connection_ends_is_lost_and_no_failure() throws Exception {
        Path begun = newFile();
        var result = start(Command.of(LONG, "sh", "-c", "echo said; : >" + begun + "; sleep 300"));
        Await.until("it runs", () -> isThere(begun));
        killServer();

        Result lost = soon(result);
        assertThat(lost).isInstanceOf(Result.Lost.class);
        assertThat(lost.stdout().text()).isEqualTo("said\n");
        assertThat(lost.stdout().isWhole()).isFalse();
        assertThatThrownBy(lost::exited)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("may or may not have happened, and may still be at work");
        requireUsable();
    }

    @Test
    void a_network_that_is_silent_is_noticed_in_bounded_time() throws Exception {
        Path begun = newFile();
        var result = start(Command.of(LONG, "sh", "-c", ": >" + begun + "; sleep 300"));
        Await.until("it runs", () -> isThere(begun));
        machine.cutNetwork();

        assertThat(soon(result)).isInstanceOf(Result.Lost.class);
        assertThatThrownBy(() -> host.run(Command.of(LONG, "hostname")))
                .hasMessageContaining("there is no connection");
        machine.mendNetwork();
        requireUsable();
    }

    /** The library answers so to a channel that is asked for while the connection is being cut. */
    @Test
    void a_channel_that_the_library_does_not_give_is_told() {
        SshConnection connection =
                new SshLink(machine.machine(), Optional.empty(), NO_SECRETS, PATIENCE).connect();
        assertThatThrownBy(() -> connection.channel("of a kind that nobody knows"))
                .isInstanceOf(JSchException.class)
                .hasMessage("the connection is being cut");
        connection.cut();
    }

    @Test
    void a_command_for_which_there_is_no_room_on_a_line_that_is_cut_is_not_seen() throws Exception {
        Path begun = newFile();
        var all =
                IntStream.range(0, 8)
                        .mapToObj(i ->
                                start(
                                        Command.of(
                                                LONG,
                                                "sh",
                                                "-c",
                                                ": >" + begun + "." + i + "; sleep 300")))
                        .toList();
        Await.until("they run", () -> machine.sh("ls " + begun + ".* | wc -l").equals("8"));
        machine.cutNetwork();

        assertThatThrownBy(() -> host.run(Command.of(Duration.ofSeconds(1), "hostname")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.isUnseen()).isTrue())
                .hasMessageContaining("this one was not begun");
        for (var one : all) {
            assertThat(soon(one)).isInstanceOf(Result.Lost.class);
        }
        machine.mendNetwork();
        requireUsable();
    }

    @Test
    void a_connection_that_went_while_nobody_looked_is_made_anew() {
        requireUsable();
        killServer();
        requireUsable();
    }

    @Test
    void what_outlives_the_bot_goes_on_after_a_cut_and_clears_up() throws Exception {
        Path begun = newFile();
        Path done = newFile();
        String tag = UUID.randomUUID() + "/1";
        String script =
                "echo said; : >"
                        + begun
                        + "; while [ -e "
                        + begun
                        + " ]; do sleep 0.1; done;"
                        + " echo again; : >"
                        + done;
        var result = start(Command.of(LONG, "sh", "-c", script).partOf(tag).outliving());
        Await.until("it runs", () -> isThere(begun));
        killServer();

        assertThat(soon(result)).isInstanceOf(Result.Lost.class);
        assertThat(host.atWork(tag)).isNotEmpty();
        machine.sh("rm " + begun);
        Await.until("it came to its end", () -> isThere(done));
        Await.until("nothing of it is left", () -> host.atWork(tag).isEmpty());
        Await.until(
                "its files are gone",
                () -> machine.sh("ls -d /tmp/tmp.* 2>/dev/null; true").isEmpty());
    }

    @Test
    void a_file_is_replaced_whole_or_not_at_all() throws Exception {
        Path file = newFile();
        machine.sh("printf old >" + file);
        // a sha256sum that waits, so that the cut comes while it is written
        machine.sh(
                "printf '#!/bin/sh\\nwhile [ -e /root/hold ]; do sleep 0.1; done\\n"
                        + "exec /usr/bin/sha256sum\\n' >/usr/local/bin/sha256sum;"
                        + " chmod 755 /usr/local/bin/sha256sum; : >/root/hold");
        var written = new CompletableFuture<String>();
        byte[] text = "new".getBytes(StandardCharsets.UTF_8);
        String old = Sha256.of("old".getBytes(StandardCharsets.UTF_8));
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        host.write(file, text, old);
                        written.complete("written");
                    } catch (ProblemException e) {
                        written.complete(e.getMessage());
                    }
                });
        Await.until(
                "it is at it",
                () ->
                        machine.sh(
                                        "grep -l hold /proc/[0-9]*/cmdline 2>/dev/null; ls"
                                            + " /root/hold; grep -lE sha256sum /proc/[0-9]*/cmdline"
                                            + " | grep -v self | wc -l")
                                .contains("2"));
        killServer();

        assertThat(written.get(60, TimeUnit.SECONDS)).contains("it may hold the new text");
        machine.sh("rm /root/hold /usr/local/bin/sha256sum");
        Await.until(
                "it is what it was, or what it should be, and nothing lies beside it",
                () ->
                        machine.sh("cat " + file + "; ls -A /root | grep -c " + file.getFileName())
                                .matches("(?s)(old|new)1"));
    }

    @Test
    void a_door_and_a_way_to_a_port_outlive_a_cut() {
        String door = host.door("unix:///var/run/docker.sock");
        try (var engine = backout.docker.Engine.at(door)) {
            assertThat(engine.version().os()).isEqualTo("linux");
            killServer();
            Await.until("it is reached again", () -> answers(engine));
            assertThat(host.door("unix:///var/run/docker.sock")).isEqualTo(door);
        }
    }

    private static boolean answers(backout.docker.Engine engine) {
        try {
            return engine.version().os().equals("linux");
        } catch (ProblemException cut) {
            return false;
        }
    }

    @Test
    void an_output_that_was_handed_on_is_lost_too() throws Exception {
        Path begun = newFile();
        var sink = new java.io.ByteArrayOutputStream();
        var script = "echo said; : >" + begun + "; sleep 300";
        var result = start(Command.of(LONG, "sh", "-c", script).into(sink));
        Await.until("it runs", () -> isThere(begun));
        killServer();

        assertThat(soon(result)).isInstanceOf(Result.Lost.class);
        assertThat(sink.toString(StandardCharsets.UTF_8)).isEqualTo("said\n");
    }
}
