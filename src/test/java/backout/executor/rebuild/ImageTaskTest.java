package backout.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.fixture.OtherHost;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Work;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * A saved image is sent over a line that is cut in the middle of it, and loaded by a real engine.
 */
@SuppressWarnings("NullAway.Init")
class ImageTaskTest {
    private final Path home = Folders.make("rebuild-image");
    private final String image =
            "backout-test-saved-" + UUID.randomUUID().toString().substring(0, 8) + ":1";

    /** The line is cut after half of the first part went over it. */
    private static final class CutLine implements OtherHost {
        private final Host local = Host.local();
        private int parts;

        @Override
        public Host host() {
            return local;
        }

        @Override
        public Result run(Command command) {
            boolean isPart = command.stdin().length > 0;
            if (!isPart || parts++ > 0) {
                return local.run(command);
            }
            byte[] half = Arrays.copyOf(command.stdin(), command.stdin().length / 2);
            var _ = local.run(command.feeding(half));
            throw ProblemException.unseen(
                    Problem.of(Phrase.of("the line was cut"), Phrase.of("wait")));
        }
    }

    /** Something happens once, before the first of those scripts runs. */
    private static final class Before implements OtherHost {
        private final Host local = Host.local();
        private final String script;
        private final BiConsumer<Host, Command> happens;
        private boolean happened;

        Before(Remote script, BiConsumer<Host, Command> happens) {
            this.script = script.argv(List.of()).get(2);
            this.happens = happens;
        }

        @Override
        public Host host() {
            return local;
        }

        @Override
        public Result run(Command command) {
            if (!happened && command.argv().contains(script)) {
                happened = true;
                happens.accept(local, command);
            }
            return local.run(command);
        }
    }

    private static Path busybox;

    @BeforeAll
    static void needs() {
        Needs.docker();
        busybox = Needs.program("busybox");
    }

    @BeforeEach
    void save() throws IOException {
        Path root = Files.createDirectories(home.resolve("root/bin"));
        Files.copy(busybox, root.resolve("busybox"));
        sh("tar -C root -c . | docker import - " + image);
        sh("docker save --output image.tar " + image + " && docker image rm " + image);
    }

    @AfterEach
    void remove() {
        Cli.here().attempt("docker", "image", "rm", image);
        Folders.delete(home);
    }

    private String sh(String script) {
        return new Cli(home, Map.of()).run("sh", "-euc", script);
    }

    private SavedImage saved() {
        String sum = sh("sha256sum image.tar").substring(0, 64);
        return SavedImage.of(home.resolve("image.tar"), sum, image);
    }

    private String perform(Host host, SavedImage saved) {
        var step =
                new Step(
                        Steps.IMAGE,
                        new TargetName("rebuild", "vidfab"),
                        Phase.PREPARE,
                        "",
                        saved.id(),
                        Map.of(
                                "image",
                                image,
                                "image-file",
                                saved.file().toString(),
                                "sha256",
                                saved.sha256(),
                                "within",
                                "PT2M"),
                        Phrase.of("send it"));
        var root = new Root(host);
        var job = new Job(root, _ -> {}, home.resolve("jobs").toString());
        var by = Deadline.in(Duration.ofMinutes(2), System::nanoTime);
        return new ImageTask(root, job)
                .perform(step, new Work("T/1", by, Optional.empty(), _ -> {}))
                .toString();
    }

    @Test
    void what_arrived_before_the_line_was_cut_is_not_sent_again() {
        var line = new CutLine();
        SavedImage saved = saved();

        assertThat(perform(line, saved)).contains("sent and loaded");

        assertThat(line.parts).isEqualTo(2);
        assertThat(sh("docker image inspect --format '{{.Id}}' " + image)).isEqualTo(saved.id());
        assertThat(home.resolve("jobs")).doesNotExist();
        assertThat(perform(line, saved)).isEqualTo("it is there already");
    }

    @Test
    void what_a_cut_line_brings_late_is_no_failure() {
        var line =
                new Before(
                        Remote.APPEND,
                        (local, part) -> {
                            byte[] half = Arrays.copyOf(part.stdin(), part.stdin().length / 2);
                            var _ = local.run(part.feeding(half));
                        });

        assertThat(perform(line, saved())).contains("sent and loaded");
    }

    @Test
    void a_file_that_shrinks_while_it_is_sent_ends_it() {
        var shrinking = new Before(Remote.SIZE, (_, _) -> sh("truncate -s 0 image.tar"));

        assertThatThrownBy(() -> perform(shrinking, saved()))
                .hasMessageContaining("the saved image cannot be read: it ends too early");
    }

    @Test
    void what_arrives_otherwise_than_it_was_kept_is_not_loaded() throws IOException {
        SavedImage saved = saved();
        byte[] bytes = Files.readAllBytes(saved.file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(saved.file(), bytes);

        assertThatThrownBy(() -> perform(Host.local(), saved))
                .hasMessageContaining("it arrived with another checksum");

        assertThat(Cli.here().attempt("docker", "image", "inspect", image).ok()).isFalse();
    }
}
