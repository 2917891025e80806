package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Await;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Real processes that carry the name of a piece of work. */
@Timeout(60)
class LeftoversTest {
    private final String tag = "T" + UUID.randomUUID() + "/3";
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endThem() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String work) throws IOException {
        var builder = new ProcessBuilder("sleep", "300");
        builder.environment().put(Command.WORK, work);
        Process process = builder.start();
        started.add(process);
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        Await.until("it runs", () -> holds(environment, work));
        return process;
    }

    private static boolean holds(Path environment, String work) {
        try {
            return Files.readString(environment, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(work);
        } catch (IOException e) {
            return false;
        }
    }

    private Work work(Duration within) {
        return new Work(tag, Deadline.in(within, System::nanoTime), Optional.empty(), _ -> {});
    }

    @Test
    void a_process_of_the_same_work_is_waited_for() throws IOException {
        Process left = start(tag);
        var pauses = new ArrayList<Duration>();
        var leftovers =
                new Leftovers(
                        Host.local(),
                        time -> {
                            pauses.add(time);
                            if (pauses.size() == 3) {
                                left.destroyForcibly();
                                left.onExit().join();
                            }
                        });
        leftovers.awaitNone(work(Duration.ofSeconds(30)));
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(3);
        assertThat(left.isAlive()).isFalse();
    }

    @Test
    void one_that_does_not_end_is_named_and_left_alone() throws IOException {
        Process left = start(tag);
        assertThatThrownBy(
                        () -> new Leftovers(Host.local(), _ -> {}).awaitNone(work(Duration.ZERO)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(Long.toString(left.pid()));
        assertThat(left.isAlive()).isTrue();
    }

    @Test
    void other_work_is_no_business_of_ours() throws IOException {
        start(tag + "4");
        start("x" + tag);
        new Leftovers(
                        Host.local(),
                        _ -> {
                            throw new AssertionError("there is nothing to wait for");
                        })
                .awaitNone(work(Duration.ofSeconds(30)));
    }
}
