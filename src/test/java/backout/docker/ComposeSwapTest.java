package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.host.Command;
import backout.host.Host;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What compose makes of a container that was exchanged behind its back. */
final class ComposeSwapTest {
    private final TestEngine here = new TestEngine();
    private final ContainerSwap swap = new ContainerSwap(here.engine);
    private final String web = here.unique + "-web-1";
    @TempDir private Path dir;

    @BeforeEach
    void compose() {
        var asked = Command.of(Duration.ofSeconds(20), "docker", "compose", "version");
        assumeTrue(Host.local().run(asked).exited().isSuccess(), "the compose plugin is not here");
    }

    @AfterEach
    void removeAll() {
        here.docker("compose", "-f", file().toString(), "down", "-t", "0", "--remove-orphans");
        here.close();
    }

    @Test
    void with_the_right_labels_the_next_up_leaves_the_new_container_alone() throws IOException {
        var receipt = exchanged();
        swap.keep(receipt);
        var fresh = here.engine.stateOf(web).orElseThrow();

        up();

        assertThat(here.engine.stateOf(web).orElseThrow().id()).isEqualTo(fresh.id());
        assertThat(here.engine.stateOf(web).orElseThrow().startedAt()).isEqualTo(fresh.startedAt());
    }

    @Test
    void the_reverse_exchange_leads_back_to_what_compose_made() throws IOException {
        var receipt = exchanged();
        swap.keep(receipt);
        var order = receipt.reverse("op2");
        var wayBack = swap.prepare(order);
        swap.forward(order, wayBack, Duration.ZERO);
        swap.keep(wayBack);
        write(here.unique + ":2");
        var former = here.engine.stateOf(web).orElseThrow();

        up();

        assertThat(receipt.isOfCompose()).isTrue();
        assertThat(former.imageId()).isEqualTo(receipt.oldImageId());
        assertThat(here.engine.stateOf(web).orElseThrow().id()).isEqualTo(former.id());
        assertThat(here.engine.stateOf(web).orElseThrow().isRunning()).isTrue();
    }

    private SwapReceipt exchanged() throws IOException {
        var good = here.image("1", "ENV RELEASE=1");
        write(here.image("2", "ENV RELEASE=2"));
        up();
        write(good);
        var order =
                new SwapOrder(
                        "op1",
                        web,
                        here.imageId(good),
                        good,
                        Map.of(
                                "com.docker.compose.config-hash",
                                here.docker(
                                                "compose",
                                                "-f",
                                                file().toString(),
                                                "config",
                                                "--hash",
                                                "web")
                                        .replaceFirst("web ", ""),
                                "com.docker.compose.image",
                                here.imageId(good)));
        var receipt = swap.prepare(order);
        swap.forward(order, receipt, Duration.ZERO);
        return receipt;
    }

    private void write(String image) throws IOException {
        Files.writeString(
                file(),
                """
                name: %s
                services:
                  web:
                    image: %s
                    stop_grace_period: 0s
                """
                        .formatted(here.unique, image));
    }

    private void up() {
        here.docker(
                "compose", "-f", file().toString(), "up", "-d", "--no-build", "--pull", "never");
    }

    private Path file() {
        return dir.resolve("compose.yml");
    }
}
