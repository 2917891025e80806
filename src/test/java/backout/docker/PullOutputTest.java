package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a pull says of itself, read from what docker writes into a pipe. */
class PullOutputTest {
    private final List<String> said = new ArrayList<>();

    private List<String> said(String output) throws IOException {
        var work =
                new Work(
                        "T/1",
                        Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                        Optional.empty(),
                        _ -> {},
                        _ -> false,
                        (says, percent) -> said.add(percent.getAsInt() + " % " + says));
        try (var out = new PullOutput(work)) {
            out.write(output.getBytes(StandardCharsets.UTF_8));
        }
        return said;
    }

    @Test
    void layers_count_when_they_are_fetched_and_again_when_they_are_there() throws IOException {
        assertThat(
                        said(
                                """
                                7-alpine: Pulling from library/redis
                                2d35ebdb57d9: Already exists
                                5f61a2a8ae2f: Pulling fs layer
                                0a1b2c3d4e5f: Pulling fs layer
                                0a1b2c3d4e5f: Waiting
                                5f61a2a8ae2f: Verifying Checksum
                                5f61a2a8ae2f: Download complete
                                5f61a2a8ae2f: Pull complete
                                0a1b2c3d4e5f: Download complete
                                0a1b2c3d4e5f: Pull complete
                                Digest: sha256:bb186d083732f669da90be8b0f975a37812b15e913465bb14d845db72a4e3e08
                                Status: Downloaded newer image for redis:7-alpine
                                docker.io/library/redis:7-alpine
                                """))
                .containsExactly(
                        "100 % 1 of 1 layers",
                        "50 % 1 of 2 layers",
                        "33 % 1 of 3 layers",
                        "50 % 1 of 3 layers",
                        "66 % 2 of 3 layers",
                        "83 % 2 of 3 layers",
                        "100 % 3 of 3 layers");
    }

    @Test
    void what_it_does_not_understand_it_leaves_out() throws IOException {
        assertThat(said("x".repeat(1 << 20) + "\n\n\u0000: \nlatest: Pulling from a\n")).isEmpty();
        assertThat(said("5f61a2a8ae2f: Pull complete")).as("no line yet").isEmpty();
    }
}
