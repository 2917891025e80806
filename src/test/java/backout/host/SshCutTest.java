package backout.host;

import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.plan.Secrets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The connection is cut while something is done on the other machine. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SshCutTest {
    private static final Duration LONG = Duration.ofMinutes(4);

    @SuppressWarnings("NullAway.Init")
    private SecondMachine machine;

    @SuppressWarnings("NullAway.Init")
    private SshHost host;

    @BeforeAll
    void start() {
        Needs.secondMachine();
        machine = new SecondMachine();
        host =
                new SshHost(
                        machine.machine(),
                        Optional.empty(),
                        new Secrets(_ -> ""),
                        new Patience(Duration.ofSeconds(10), Duration.ofSeconds(2)));
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
        return CompletableFuture.supplyAsync(
                () -> host.run(command), Thread.ofVirtual().factory()::newThread);
    }

    private Path newFile() {
        return Path.of("/root/" + UUID.randomUUID());
    }

    private void awaitFile(Path file) {
        Await.until(
                "it is there",
                () -> machine.sh("ls " + file + " 2>&1; true").equals(file.toString()));
    }
}
