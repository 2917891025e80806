package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;
import backout.problem.ProblemException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Who is let in where, and who is believed to be whom. */
@Timeout(300)
final class SshDoorkeepingTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** As ssh-keygen made it for nobody. */
    private static final String STRANGE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE";

    @TempDir private Path folder;

    @BeforeAll
    static void needs() {
        Needs.secondMachine();
    }

    private static SecondMachine machine() {
        return SecondMachine.shared();
    }

    private static Machine with(String user, int port, String key, Optional<String> hostKey) {
        return with(user, port, key, hostKey, Optional.empty());
    }

    private static Machine with(
            String user,
            int port,
            String key,
            Optional<String> hostKey,
            Optional<String> passphrase) {
        return new Machine(
                "second",
                machine().address(),
                port,
                user,
                key,
                passphrase,
                hostKey,
                Optional.empty());
    }

    private static Machine root(Optional<String> hostKey) {
        return with("root", 22, "file:" + machine().key(), hostKey);
    }

    private static String said(Machine machine, Secrets secrets) {
        var host = new SshHost(machine, Optional.empty(), secrets);
        try {
            return said(host);
        } finally {
            host.close();
        }
    }

    private static String said(Host host) {
        return host.run(Command.of(LONG, "hostname")).exited().stdout().text().strip();
    }

    private static String said(Machine machine) {
        return said(machine, new Secrets(_ -> ""));
    }

    private Path key(String name, String passphrase) {
        Path key = folder.resolve(name);
        Cli.here().run("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key.toString());
        return key;
    }

    @Test
    void a_machine_whose_key_is_not_pinned_is_refused_with_the_way_to_pin_it() {
        assertThatThrownBy(() -> said(root(Optional.empty())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("bot/backout hosts scan second");
    }

    @Test
    void a_machine_that_shows_another_key_is_refused() {
        assertThatThrownBy(() -> said(root(Optional.of(STRANGE))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("shows another key (SHA256:")
                .hasMessageContaining("nothing was done there");
        String ofAnotherKind = machine().sh("cut -d' ' -f1,2 /etc/ssh/ssh_host_rsa_key.pub");
        assertThat(said(root(Optional.of(ofAnotherKind)))).isEqualTo(machine().name());
    }

    @Test
    void the_key_that_it_shows_is_printed_and_believed_by_nobody() {
        var host = new SshHost(root(Optional.empty()), Optional.empty(), new Secrets(_ -> ""));
        SshHost.ShownKey shown = host.scan();

        assertThat(shown.line()).isEqualTo(machine().hostKey());
        assertThat(shown.kind()).isEqualTo("ed25519");
        for (String type : List.of("ecdsa-sha2-nistp256", "ssh-rsa")) {
            assertThat(new SshHost.ShownKey(type + " AAAA", "").kind()).isIn("ecdsa", "rsa");
        }
        assertThat(machine().sh("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"))
                .contains(shown.fingerprint());
        assertThatThrownBy(() -> said(host)).hasMessageContaining("hosts scan");
    }

    @Test
    void a_key_that_is_not_known_there_is_refused() {
        Path strange = key("strange", "");
        var hostKey = Optional.of(machine().hostKey());
        assertThatThrownBy(() -> said(with("root", 22, "file:" + strange, hostKey)))
                .hasMessageContaining("user root is not let in with that key");
        assertThatThrownBy(() -> said(with("root", 22, "file:/nonexistent", hostKey)))
                .hasMessageContaining("the key cannot be read");
    }

    @Test
    void a_key_with_a_passphrase_is_opened_by_what_the_environment_holds() {
        Path closed = key("closed", "open sesame");
        machine().letIn(read(folder.resolve("closed.pub")));
        var hostKey = Optional.of(machine().hostKey());
        var secrets = new Secrets(name -> name.equals("PASS") ? "open sesame" : "wrong");
        String key = "file:" + closed;

        assertThat(said(with("root", 22, key, hostKey, Optional.of("env:PASS")), secrets))
                .isEqualTo(machine().name());
        assertThatThrownBy(
                        () -> said(with("root", 22, key, hostKey, Optional.of("env:X")), secrets))
                .hasMessageContaining("the passphrase does not open")
                .hasMessageNotContaining("wrong");
        assertThatThrownBy(() -> said(with("root", 22, key, hostKey)))
                .hasMessageContaining("has a passphrase")
                .hasMessageContaining("env:NAME");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_user_whose_shell_greets_is_understood_and_one_without_a_shell_is_told() {
        var hostKey = Optional.of(machine().hostKey());
        String key = "file:" + machine().key();

        assertThat(said(with("worker", 22, key, hostKey))).isEqualTo(machine().name());
        assertThatThrownBy(() -> said(with("mute", 22, key, hostKey)))
                .hasMessageContaining("the login of user mute runs no command")
                .hasMessageContaining("not available");
    }

    @Test
    void a_user_who_may_not_write_is_told_why() {
        var host =
                SshHostTest.host(
                        with(
                                "worker",
                                22,
                                "file:" + machine().key(),
                                Optional.of(machine().hostKey())));
        machine().sh("mkdir -p /srv/own && echo old >/srv/own/file");

        assertThat(host.writable(Path.of("/srv/own/file")).orElseThrow().toString())
                .contains("it belongs to root");
        assertThat(host.writable(Path.of("/srv/none")).orElseThrow().toString())
                .contains("it belongs to root");
        assertThatThrownBy(() -> host.read(Path.of("/etc/shadow"), 100))
                .hasMessageContaining("the right to do so is missing");
        assertThatThrownBy(() -> host.list(Path.of("/root")))
                .hasMessageContaining("cannot be read");
        host.close();
    }

    @Test
    void a_server_that_allows_one_command_at_once_is_asked_for_more_by_other_connections()
            throws Exception {
        machine().serveAt(2201, "MaxSessions=1");
        var host = SshHostTest.host(machine().machine("root", 2201));
        Callable<String> work =
                () -> host.run(Command.of(LONG, "sh", "-c", "sleep 1; echo said")).stdout().text();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var said : threads.invokeAll(IntStream.range(0, 4).mapToObj(_ -> work).toList())) {
                assertThat(said.get()).isEqualTo("said\n");
            }
        }
        var late = Command.of(Duration.ofSeconds(1), "sleep", "300");
        assertThat(host.run(late)).isInstanceOf(Result.CutOff.class);
        host.close();
    }

    @Test
    void what_comes_by_another_connection_than_the_first_is_whole() {
        machine().serveAt(2203, "MaxSessions=1");
        var host = SshHostTest.host(machine().machine("root", 2203));
        var first =
                Thread.ofVirtual()
                        .start(() -> host.run(Command.of(LONG, "sh", "-c", "echo; sleep 5")));
        Await.until(
                "the first is at work",
                () -> machine().sh("pgrep -fc '[e]cho; sleep 5' || true").matches("[1-9].*"));
        for (int i = 0; i < 5; i++) {
            var much = Command.of(LONG, "head", "-c", "6000000", "/dev/zero").keeping(9_000_000);
            var said = host.run(much).exited().stdout();
            assertThat(said.bytes()).hasSize(6_000_000);
            assertThat(said.isWhole()).isTrue();
        }
        first.interrupt();
        host.close();
    }

    @Test
    void twenty_commands_at_once_share_a_connection_that_allows_ten() throws Exception {
        var host = SshHostTest.host(machine().machine());
        Callable<String> work =
                () ->
                        host.run(Command.of(LONG, "sh", "-c", "sleep 1; echo $SSH_X $PPID"))
                                .stdout()
                                .text();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var parents = new java.util.HashSet<String>();
            for (var said :
                    threads.invokeAll(IntStream.range(0, 20).mapToObj(_ -> work).toList())) {
                parents.add(said.get());
            }
            assertThat(parents).as("the server's process for the connection").hasSize(1);
        }
        host.close();
    }

    @Test
    void one_that_forbids_forwarding_is_told() {
        machine().serveAt(2202, "AllowTcpForwarding=no", "AllowStreamLocalForwarding=no");
        var host = SshHostTest.host(machine().machine("root", 2202));
        assertThat(said(host)).isEqualTo(machine().name());
        try (var engine = backout.docker.Engine.of(host, "unix:///var/run/docker.sock")) {
            assertThatThrownBy(engine::version)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("or its SSH server forbids it");
        }
        host.close();
    }

    @Test
    void a_machine_is_reached_by_way_of_another() {
        var gate = SshHostTest.host(machine().machine());
        var hostKey = Optional.of(machine().hostKey());
        // a name that only the gate knows
        machine().sh("echo '127.0.0.7 inner' >>/etc/hosts");
        var inner =
                new Machine(
                        "inner",
                        "inner",
                        22,
                        "root",
                        "file:" + machine().key(),
                        Optional.empty(),
                        hostKey,
                        Optional.of("second"));
        var host = new SshHost(inner, Optional.of(gate), new Secrets(_ -> ""));

        assertThat(said(host)).isEqualTo(machine().name());
        assertThat(host.scan().line()).isEqualTo(machine().hostKey());
        host.close();
        gate.close();
    }

    @Test
    void a_machine_that_is_not_there_is_told() throws Exception {
        var nobody =
                new Machine(
                        "gone",
                        "127.0.0.1",
                        Await.freePort(),
                        "root",
                        "file:" + machine().key(),
                        Optional.empty(),
                        Optional.of(STRANGE),
                        Optional.empty());
        assertThatThrownBy(() -> said(nobody)).hasMessageContaining("nobody listens there");
        try (var silent = new ServerSocket(0)) {
            var patience = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1));
            var mute =
                    new Machine(
                            "mute",
                            "127.0.0.1",
                            silent.getLocalPort(),
                            "root",
                            "file:" + machine().key(),
                            Optional.empty(),
                            Optional.of(STRANGE),
                            Optional.empty());
            var host = new SshHost(mute, Optional.empty(), new Secrets(_ -> ""), patience);
            assertThatThrownBy(() -> said(host)).hasMessageContaining("there is no connection");
        }
    }

    @Test
    void what_is_no_key_pins_nothing() {
        assertThat(Machine.isKey(STRANGE)).isTrue();
        assertThat(Machine.isKey(STRANGE + " root@db1")).isTrue();
        assertThat(Machine.isKey("db1 " + STRANGE)).as("as ssh-keyscan prints it").isTrue();
        assertThat(Machine.isKey("|1|x=|y= " + STRANGE + " db1")).as("of known_hosts").isTrue();
        assertThat(said(root(Optional.of("[db1]:22 " + machine().hostKey()))))
                .isEqualTo(machine().name());
        for (String line : List.of("", "ssh-ed25519", "ssh-rsa AAAA", "ssh-ed25519 AAAA…")) {
            assertThat(Machine.isKey(line)).as(line).isFalse();
        }
    }
}
