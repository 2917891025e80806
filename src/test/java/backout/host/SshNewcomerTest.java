package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.docker.Engine;
import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.fixture.SeveralAddresses;
import backout.plan.Secrets;
import backout.problem.ProblemException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What somebody meets who sets a machine up for the first time, and what helps. */
@Timeout(300)
final class SshNewcomerTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(9));
    private static final String USUAL = "unix:///var/run/docker.sock";

    private SecondMachine machine;

    @BeforeAll
    static void needs() {
        Needs.secondMachine();
    }

    @BeforeEach
    void machine() {
        machine = SecondMachine.shared();
    }

    @AfterEach
    void asItWas() {
        machine.sh("gpasswd --delete odd docker >/dev/null 2>&1; rm -rf /run/user; true");
    }

    /** Whose login shell is fish, and who may do nothing. */
    private SshHost odd() {
        return SshHostTest.host(machine.machine("odd", 22));
    }

    private SshHost at(String address, int port) {
        Machine root = machine.machine("root", port);
        var there =
                new Machine(
                        "there",
                        address,
                        port,
                        "root",
                        root.key(),
                        Optional.empty(),
                        root.hostKey(),
                        Optional.empty());
        return new SshHost(there, Optional.empty(), new Secrets(_ -> ""), SHORT);
    }

    private static String said(SshHost host, String... argv) {
        try {
            return host.run(Command.of(LONG, argv)).exited().stdout().text();
        } finally {
            host.close();
        }
    }

    @Test
    void whoever_may_not_use_docker_is_told_and_needs_no_new_start_when_he_may() {
        SshHost host = odd();
        try (var engine = Engine.of(host, USUAL)) {
            assertThatThrownBy(engine::version)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("user odd may not use /var/run/docker.sock")
                    .hasMessageContaining("usermod -aG docker odd");
            machine.sh("usermod -aG docker odd");

            Await.until("he is let in", () -> answers(engine));
            assertThat(host.run(Command.of(LONG, "docker", "version")).exited().isSuccess())
                    .isTrue();
        } finally {
            host.close();
        }
    }

    private static boolean answers(Engine engine) {
        try {
            return engine.version().os().equals("linux");
        } catch (ProblemException notYet) {
            return false;
        }
    }

    @Test
    void an_engine_that_listens_elsewhere_is_pointed_at() {
        String own = "/run/user/" + machine.sh("id -u odd") + "/docker.sock";
        SshHost host = odd();
        try (var engine = Engine.of(host, "unix:///run/none.sock")) {
            assertThatThrownBy(engine::version)
                    .hasMessageContaining("user odd finds no engine at /run/none.sock")
                    .hasMessageContaining("docker: unix:///PATH");
            // as a rootless one does
            machine.sh("mkdir -p $(dirname " + own + "); ln -sf /var/run/docker.sock " + own);
            machine.sh("usermod -aG docker odd");
            assertThatThrownBy(engine::version)
                    .hasMessageContaining("config/hosts.yml: docker: unix://" + own);
        } finally {
            host.close();
        }
        SshHost again = odd();
        try (var engine = Engine.of(again, "unix://" + own)) {
            assertThat(engine.version().os()).isEqualTo("linux");
        } finally {
            again.close();
        }
    }

    @Test
    void a_login_shell_that_is_no_sh_and_makes_noise_is_no_matter() {
        machine.sh(
                "mkdir -p ~odd/.config/fish; echo 'echo hello; stty -echo; printf \"\\e[2J\"'"
                        + " >~odd/.config/fish/config.fish; chown -R odd: ~odd");
        List<String> odd = List.of("a b", "$HOME", "(id)", "\\", "'\\''", "two\nlines", "é", "!x");
        for (String shell : List.of("/usr/bin/fish", "/bin/tcsh")) {
            machine.sh("usermod --shell " + shell + " odd");
            var words = new java.util.ArrayList<>(List.of("printf", "%s|"));
            words.addAll(odd);
            assertThat(said(odd(), words.toArray(String[]::new)))
                    .as(shell)
                    .isEqualTo(String.join("|", odd) + "|");
        }
        machine.sh("usermod --shell /usr/bin/fish odd; rm -r ~odd/.config");
    }

    @Test
    void a_program_that_is_not_on_the_path_of_such_a_login_is_told_with_that_path() {
        SshHost host = odd();
        assertThatThrownBy(() -> said(host, "no-such-program"))
                .hasMessageContaining("it is not on the PATH")
                .hasMessageContaining("/usr/local/bin:/usr/bin");
    }

    @Test
    void a_name_of_several_addresses_is_reached_by_the_one_that_answers() {
        assertThat(said(at(SeveralAddresses.before(machine.address()), 22), "hostname").strip())
                .isEqualTo(machine.name());
    }

    @Test
    void a_name_that_only_the_ssh_program_knows_is_told() {
        assertThatThrownBy(() -> said(at("no-such-name.test", 22), "hostname"))
                .hasMessageContaining("there is no machine of the name no-such-name.test")
                .hasMessageContaining("ssh -G no-such-name.test");
    }

    @Test
    void a_server_at_which_too_many_knock_is_told_from_one_that_is_not_there() throws IOException {
        machine.serveAt(2221, "MaxStartups=1:100:1");
        try (var first = new Socket(machine.address(), 2221)) {
            assertThat(first.getInputStream().read()).isEqualTo('S');
            assertThatThrownBy(() -> said(at(machine.address(), 2221), "hostname"))
                    .hasMessageContaining("MaxStartups");
        }
    }

    @Test
    void whoever_speaks_without_end_and_never_begins_is_left() throws IOException {
        try (var server = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> babble(server));
            assertThatThrownBy(() -> said(at("127.0.0.1", server.getLocalPort()), "hostname"))
                    .isInstanceOf(ProblemException.class);
        }
    }

    private static void babble(ServerSocket server) {
        byte[] line = "welcome\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (Socket caller = server.accept()) {
            while (true) {
                caller.getOutputStream().write(line);
            }
        } catch (IOException left) {
            // as it should
            return;
        }
    }

    @Test
    void a_gate_that_leads_to_another_machine_is_found_out() {
        machine.sh(
                "[ -e /root/other ] || ssh-keygen -q -t ed25519 -N '' -f /root/other;"
                        + " /usr/sbin/sshd -p 2223 -h /root/other");
        SshHost gate = SshHostTest.host(machine.machine());
        Machine inner =
                new Machine(
                        "inner",
                        "127.0.0.1",
                        2223,
                        "root",
                        machine.machine().key(),
                        Optional.empty(),
                        Optional.of(machine.hostKey()),
                        Optional.of("second"));
        assertThatThrownBy(() ->
                        said(
                                new SshHost(inner, Optional.of(gate), new Secrets(_ -> "")),
                                "hostname"))
                .hasMessageContaining("shows another key");
        gate.close();
    }
}
