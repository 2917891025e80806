package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Needs;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A demo that was killed, and the demos after it. */
@ResourceLock(DemoProcess.LEFTOVERS)
class DemoLeftoversTest {
    @TempDir Path folder;
    @TempDir Path temporary;

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private DemoProcess demo() throws IOException {
        return new DemoProcess(folder, temporary, Map.of(), "--script");
    }

    @Test
    void what_a_killed_demo_left_is_removed_by_the_next_one() throws Exception {
        try (var killed = demo().until("source/relay-git runs 1.1.0")) {
            try (var alive = demo().until("are made as images")) {
                assertThat(alive.text()).doesNotContain("An earlier demo");
                killed.kill();
                assertThat(killed.made()).isNotEmpty();
                try (var next = demo().until("are made as images").stop()) {
                    assertThat(next.words())
                            .contains(
                                    "An earlier demo was killed and left something. Removed: 3"
                                            + " containers, 1 network, 3 images, 1 process");
                    assertThat(alive.made()).isNotEmpty();
                    assertThat(killed.made()).isEmpty();
                    assertThat(next.exitCode()).isEqualTo(4);
                }
            }
        }
    }
}
