package backout.host;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class LocalHostTest extends HostContract {
    private final Host host = Host.local();
    @TempDir private Path dir;

    @Override
    Host host() {
        return host;
    }

    @Override
    Path folder() {
        return dir;
    }

    @Override
    String sh(String script) {
        return Cli.here().run("sh", "-c", script);
    }

    @Test
    void what_may_outlive_the_bot_is_told_the_same_and_leaves_no_file() {
        var script = "readlink /proc/$$/fd/1 /proc/$$/fd/2 >&2; echo said; exit 3";
        var result = host.run(Command.of(LONG, "sh", "-c", script).outliving());

        assertThat(result.exited().exitCode()).isEqualTo(3);
        assertThat(result.stdout().text()).isEqualTo("said\n");
        assertThat(result.stderr().text().lines())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file).endsWith(".out"))
                .allSatisfy(file -> assertThat(Path.of(file)).doesNotExist());
    }

    @Test
    void output_of_bots_that_were_killed_goes_and_that_of_living_ones_stays() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        var self = ProcessHandle.current();
        long start = self.info().startInstant().orElseThrow().toEpochMilli();
        Path dead = Files.createFile(folder.resolve("backout-999999999-5-" + start + ".out"));
        Path again =
                Files.createFile(folder.resolve("backout-" + self.pid() + "-5-" + start + ".out"));
        Path alive =
                Files.createFile(
                        folder.resolve(
                                "backout-" + self.pid() + "-" + start + "-" + start + ".out"));
        try {
            host.run(Command.of(LONG, "true").outliving());

            assertThat(dead).doesNotExist();
            assertThat(again).doesNotExist();
            assertThat(alive).exists();
        } finally {
            Files.delete(alive);
        }
    }

    @Test
    void values_of_variables_are_not_printed() {
        var command = Command.of(LONG, "docker", "a b").with(Map.of("TOKEN", "hunter2"));

        assertThat(command.toString()).isEqualTo("docker 'a b' with [TOKEN]");
    }

    @Test
    void a_port_with_a_listener_is_taken_and_free_afterwards() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(host.port("127.0.0.1", port)).isEqualTo(Host.PortState.TAKEN);
        }
        assertThat(host.port("127.0.0.1", port)).isEqualTo(Host.PortState.FREE);
    }
}
