package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Main;
import backout.fixture.Await;
import backout.fixture.ChildJava;
import backout.fixture.Cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** SIGHUP, which others take for "read the configuration again". */
class HangUpTest {
    @TempDir Path home;

    @Test
    void serve_reads_the_configuration_again_and_goes_on() throws Exception {
        var site = SimSite.in(home, 0, "0s");
        Files.delete(home.resolve("commands/sim.yml"));
        site.write(
                "config/targets.yml",
                """
                targets:
                  compose/web:
                    policy: some
                    project: none
                    service: web
                    images: [web]
                    url: http://127.0.0.1:1
                """);
        Files.copy(Path.of("commands/compose.yml"), home.resolve("commands/compose.yml"));
        Path printed = home.resolve("printed");
        var command = new ArrayList<>(ChildJava.command("-Xmx256m", "-Dbackout.home=" + home));
        command.addAll(List.of(Main.class.getName(), "serve"));
        Process serve =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(printed.toFile())
                        .start();
        try {
            until(serve, printed, "serving until it is stopped");
            Cli.here().run("kill", "-HUP", Long.toString(serve.pid()));
            until(serve, printed, "the configuration is taken over, unchanged");
            assertThat(serve.isAlive()).isTrue();
            serve.destroy();
            assertThat(serve.waitFor()).isZero();
        } finally {
            serve.destroyForcibly();
        }
    }

    private static void until(Process serve, Path printed, String part) {
        Await.until(part, () -> read(printed).contains(part) || !serve.isAlive());
        assertThat(read(printed)).contains(part);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
