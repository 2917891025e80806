package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;
import backout.problem.ProblemException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A key that lies in no file: an agent of OpenSSH holds it. */
@Timeout(300)
final class SshAgentTest {
    private static final Patience SHORT =
            new Patience(Duration.ofSeconds(3), Duration.ofSeconds(9));

    private final Path folder = Folders.make("agent");
    private final Path socket = folder.resolve("agent.sock");
    private Process agent;

    @BeforeAll
    static void needs() {
        Needs.secondMachine();
    }

    @BeforeEach
    void start() throws IOException {
        agent =
                new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Await.until("the agent listens", () -> Files.exists(socket));
    }

    @AfterEach
    void stop() throws InterruptedException {
        end();
        Folders.delete(folder);
    }

    private void end() throws InterruptedException {
        agent.destroyForcibly().waitFor();
    }

    private String add(Path key) {
        return new Cli(folder, Map.of("SSH_AUTH_SOCK", socket.toString()))
                .run("ssh-add", "-q", key.toString());
    }

    private Path key(String name, String... kind) {
        Path key = folder.resolve(name);
        var words =
                new java.util.ArrayList<>(java.util.List.of("ssh-keygen", "-q", "-N", "", "-f"));
        words.add(key.toString());
        words.addAll(java.util.List.of(kind));
        Cli.here().run(words.toArray(String[]::new));
        return key;
    }

    private static Machine machine(int port) {
        Machine second = SecondMachine.shared().machine("root", port);
        return new Machine(
                "second",
                second.address(),
                port,
                "root",
                "agent",
                Optional.empty(),
                second.hostKey(),
                Optional.empty());
    }

    private String said(int port) {
        var secrets = new Secrets(name -> name.equals("SSH_AUTH_SOCK") ? socket.toString() : "");
        return said(port, secrets);
    }

    private static String said(int port, Secrets secrets) {
        var host = new SshHost(machine(port), Optional.empty(), secrets, SHORT);
        try {
            return host.run(Command.of(Duration.ofSeconds(60), "hostname"))
                    .exited()
                    .stdout()
                    .text()
                    .strip();
        } finally {
            host.close();
        }
    }

    @Test
    void a_key_that_the_agent_alone_has_lets_the_bot_in() throws IOException {
        Path key = key("only", "-t", "ed25519");
        SecondMachine.shared().letIn(key);
        add(key);
        Files.delete(key);

        assertThat(said(22)).isEqualTo(SecondMachine.shared().name());
    }

    @Test
    void an_agent_that_has_no_key_or_another_one_is_told() {
        assertThatThrownBy(() -> said(22))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the SSH agent has no key")
                .hasMessageContaining("ssh-add one");
        add(key("strange", "-t", "ed25519"));
        assertThatThrownBy(() -> said(22))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("user root is not let in with that key");
    }

    @Test
    void an_agent_that_is_gone_or_was_never_named_is_told() throws Exception {
        end();
        assertThatThrownBy(() -> said(22))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no SSH agent answers at " + socket)
                .hasMessageContaining("SSH_AUTH_SOCK");
        assertThatThrownBy(() -> said(22, new Secrets(_ -> "")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SSH_AUTH_SOCK is not set");
    }

    @Test
    void an_agent_that_never_answers_is_not_waited_for() throws Exception {
        end();
        Files.deleteIfExists(socket);
        try (var mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            assertThatThrownBy(() -> said(22))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("or does not answer");
        }
    }

    /** Each RSA key is offered with one kind of signature alone, where the server says which. */
    @Test
    void an_agent_with_more_keys_than_the_server_tries_is_told() {
        SecondMachine.shared().serveAt(2211, "MaxAuthTries=3");
        for (int i = 0; i < 3; i++) {
            add(key("strange" + i, "-t", i == 0 ? "rsa" : "ed25519"));
        }
        Path right = key("right", "-t", "ed25519");
        SecondMachine.shared().letIn(right);
        add(right);

        assertThat(said(22)).isEqualTo(SecondMachine.shared().name());
        assertThatThrownBy(() -> said(2211))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("MaxAuthTries")
                .hasMessageContaining("key: file:PATH");
    }
}
