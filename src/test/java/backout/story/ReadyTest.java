package backout.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.executor.compose.ComposeExecutor;
import backout.fixture.Cli;
import backout.fixture.Needs;
import backout.fixture.SecondEngine;
import backout.host.Workplace;
import backout.operations.Asked;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code /readyz} tells the truth when the world under the bot breaks. */
@Order(2)
class ReadyTest {
    @TempDir Path home;

    @Test
    void a_full_disk_makes_it_not_ready_until_there_is_room_again() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to mount a tmpfs");
        Path disk = Files.createDirectory(home.resolve("disk"));
        Cli.here().run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
        try (var served = new ServedSite(home, 0, disk.resolve("var")).serve()) {
            served.awaitReady();
            Path filler = disk.resolve("filler");
            Files.write(filler, new byte[30 << 20]);

            Asked full = served.awaitNotReady("journal");

            assertThat(full.status()).isEqualTo(503);
            assertThat(full.text()).contains("the disk is almost full");
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
            Files.delete(filler);
            served.awaitReady();
        } finally {
            Cli.here().run("umount", "--lazy", disk.toString());
        }
    }

    @Test
    void an_engine_that_is_stopped_makes_its_target_not_ready_until_it_is_back() {
        Needs.secondEngine();
        try (var engine = new SecondEngine(100);
                var served = new ServedSite(home, 0)) {
            served.site.write(
                    "config/targets.yml",
                    """
                    targets:
                      compose/claude-relay:
                        policy: some
                        project: nothing
                        service: relay
                        images: [relay]
                    """);
            served.site.write("commands/sim.yml", composeCommand());
            var executor =
                    ComposeExecutor.of(
                            Workplace.local(
                                    "unix://" + engine.socket(),
                                    home.resolve("var"),
                                    served.clock,
                                    System::nanoTime));
            served.serve(executor);
            served.awaitReady();
            engine.stop();

            Asked stopped = served.awaitNotReady("target compose/claude-relay");

            assertThat(stopped.status()).isEqualTo(503);
            assertThat(stopped.text()).contains(engine.socket().toString());
            engine.start();
            served.awaitReady();
        }
    }

    private static String composeCommand() {
        return """
        name: sim
        says: Roll the service back
        words: "[TARGET] [because REASON...]"
        level: L1
        does: rollback
        kind: compose
        switch: [compose.up]
        checks: ["container [STATE] == running"]
        """;
    }
}
