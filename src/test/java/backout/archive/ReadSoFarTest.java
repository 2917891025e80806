package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a backup says how far it is: a word for each percent, however small its reads are. */
class ReadSoFarTest {
    private final List<String> said = new ArrayList<>();

    private ReadSoFar progress() {
        return new ReadSoFar(
                new Work(
                        "T/1",
                        Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                        Optional.empty(),
                        _ -> {},
                        _ -> false,
                        (says, percent) -> said.add(percent.getAsInt() + " % " + says)));
    }

    @Test
    void each_percent_is_told_once() {
        ReadSoFar progress = progress();
        for (long read = 0; read <= 1000; read++) {
            progress.read(read, 1000);
        }
        assertThat(said)
                .hasSize(100)
                .startsWith("1 % 10 B of 1.0 kB read")
                .endsWith("100 % 1.0 kB of 1.0 kB read");
    }

    @Test
    void what_grew_meanwhile_is_no_more_than_all_and_nothing_is_nothing() {
        ReadSoFar progress = progress();
        progress.read(0, 0);
        assertThat(said).isEmpty();
        progress.read(3000, 1000);
        progress.read(4000, 1000);
        assertThat(said).containsExactly("100 % 3.0 kB of 1.0 kB read");
    }
}
