package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class LocalHostTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final Host host = Host.local();
    @TempDir private Path dir;

    @Test
    void the_exit_code_and_both_streams_are_told() {
        var result = host.run(Command.of(LONG, "sh", "-c", "echo out; echo err >&2; exit 7"));

        assertThat(result.exited().exitCode()).isEqualTo(7);
        assertThat(result.exited().isSuccess()).isFalse();
        assertThat(result.stdout().text()).isEqualTo("out\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
        assertThat(result.stdout().isWhole()).isTrue();
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
    void a_pipe_is_refused_before_anybody_waits_for_it() {
        Path pipe = dir.resolve("pipe");
        host.run(Command.of(LONG, "mkfifo", pipe.toString()));
        assertThatThrownBy(() -> host.read(pipe, 100))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is a pipe or a device");
    }

    @Test
    void arguments_reach_the_program_as_they_are() {
        var result = host.run(Command.of(LONG, "printf", "%s|", "a b", "$HOME", "`id`;", "*"));

        assertThat(result.stdout().text()).isEqualTo("a b|$HOME|`id`;|*|");
    }

    @Test
    void the_input_is_fed_and_the_directory_is_used() {
        var result =
                host.run(
                        Command.of(LONG, "sh", "-c", "pwd; cat")
                                .in(dir)
                                .feeding("fed".getBytes(StandardCharsets.UTF_8)));

        assertThat(result.stdout().text()).isEqualTo(dir + "\nfed");
    }

    @Test
    void only_known_variables_and_those_that_were_given_are_seen() {
        var result = host.run(Command.of(LONG, "env").with(Map.of("GIVEN", "yes")));

        var names =
                result.stdout()
                        .text()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .collect(Collectors.toSet());
        assertThat(names).contains("PATH", "GIVEN", "LC_ALL").noneMatch(n -> n.startsWith("MAVEN"));
        assertThat(names).doesNotContain("JAVA_HOME", "COMPOSE_FILE", "SHLVL");
    }

    @Test
    void a_command_that_does_not_end_is_cut_off_with_all_that_it_started() throws IOException {
        var pids = dir.resolve("pids");
        var script =
                "(sh -c 'echo $$ >> " + pids + "; sleep 300 & echo $! >> " + pids + "; wait') ";

        var result =
                host.run(Command.of(Duration.ofSeconds(3), "sh", "-c", script + "; echo never"));

        assertThat(result).isInstanceOf(Result.CutOff.class);
        assertThatThrownBy(result::exited).hasMessageContaining("may or may not have happened");
        assertThat(Files.readAllLines(pids)).hasSize(2);
        for (var pid : Files.readAllLines(pids)) {
            ends(Long.parseLong(pid));
        }
    }

    @Test
    void an_output_without_end_is_kept_at_its_last_part() {
        var result =
                host.run(
                        Command.of(
                                        LONG,
                                        "sh",
                                        "-c",
                                        "head -c 3000000 /dev/zero | tr '\\0' x; echo end")
                                .keeping(1000));

        assertThat(result.stdout().bytes()).hasSize(1000);
        assertThat(result.stdout().text()).endsWith("xxx" + "end\n");
        assertThat(result.stdout().isWhole()).isFalse();
    }

    @Test
    void a_child_that_stays_behind_with_the_output_open_is_not_waited_for() {
        var result = host.run(Command.of(LONG, "sh", "-c", "sleep 8 & echo started").keeping(1000));

        assertThat(result.exited().exitCode()).isZero();
        assertThat(result.stdout().text()).isEqualTo("started\n");
        assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void an_interrupt_kills_the_command_and_is_kept() throws InterruptedException {
        var seen = new boolean[1];
        var waiter =
                Thread.ofPlatform()
                        .start(() -> {
                            var result = host.run(Command.of(LONG, "sleep", "300"));
                            seen[0] =
                                    result instanceof Result.CutOff
                                            && Thread.currentThread().isInterrupted();
                        });
        waiter.interrupt();

        assertThat(waiter.join(Duration.ofSeconds(60))).isTrue();
        assertThat(seen[0]).isTrue();
    }

    @Test
    void a_program_that_is_not_there_is_a_problem() {
        assertThatThrownBy(() -> host.run(Command.of(LONG, "no-such-program")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no-such-program could not be started");
    }

    @Test
    void values_of_variables_are_not_printed() {
        var command = Command.of(LONG, "docker", "a b").with(Map.of("TOKEN", "hunter2"));

        assertThat(command.toString()).isEqualTo("docker 'a b' with [TOKEN]");
    }

    @Test
    void room_is_told_also_for_a_path_that_is_not_there_yet() {
        var space = host.space(dir.resolve("not/yet/there"));

        assertThat(space.freeBytes()).isPositive();
        space.freeInodes().ifPresent(inodes -> assertThat(inodes).isPositive());
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

    @Test
    void a_port_of_another_machine_is_unknown() {
        assertThat(host.port("192.0.2.1", 80)).isEqualTo(Host.PortState.UNKNOWN);
    }

    @Test
    void a_file_is_read_up_to_its_limit() throws IOException {
        var file = Files.writeString(dir.resolve("f"), "12345");

        assertThat(host.read(file, 5)).hasValueSatisfying(b -> assertThat(b).hasSize(5));
        assertThat(host.read(dir.resolve("none"), 5)).isEmpty();
        assertThatThrownBy(() -> host.read(file, 4)).hasMessageContaining("more than 4 bytes");
        assertThatThrownBy(() -> host.read(dir, 4)).isInstanceOf(ProblemException.class);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_would_be_waited_for_is_not_read() throws IOException, InterruptedException {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        for (Path path : List.of(pipe, Files.createSymbolicLink(dir.resolve("link"), pipe))) {
            assertThatThrownBy(() -> host.read(path, 5))
                    .hasMessageContaining("is a pipe or a device");
        }
        assertThatThrownBy(() -> host.read(Path.of("/dev/zero"), 5)).hasMessageContaining("device");
    }

    @Test
    void an_output_is_handed_on_whole_and_not_kept() {
        var sink = new ByteArrayOutputStream();
        var result =
                host.run(
                        Command.of(LONG, "sh", "-c", "head -c 3000000 /dev/zero; echo said >&2")
                                .keeping(1000)
                                .into(sink));

        assertThat(result.exited().isSuccess()).isTrue();
        assertThat(sink.size()).isEqualTo(3_000_000);
        assertThat(result.stdout().bytes()).isEmpty();
        assertThat(result.stdout().isWhole()).isTrue();
        assertThat(result.stderr().text()).isEqualTo("said\n");
    }

    @Test
    void a_command_whose_output_nobody_takes_is_killed() {
        var full =
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
        var command = Command.of(LONG, "sh", "-c", "echo $$; exec sleep 300").into(full);

        assertThatThrownBy(() -> host.run(command))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left");
    }

    @Test
    void a_folder_is_listed_with_what_things_are() throws IOException {
        Files.writeString(dir.resolve("a b\nc"), "12345");
        Files.createDirectory(dir.resolve("folder"));
        Files.createSymbolicLink(dir.resolve("link"), dir.resolve("folder"));
        host.run(Command.of(LONG, "mkfifo", dir.resolve("pipe").toString()));

        assertThat(host.list(dir))
                .extracting(entry -> entry.name() + " " + entry.kind())
                .containsExactly("a b\nc FILE", "folder FOLDER", "link LINK", "pipe OTHER");
        assertThat(host.list(dir).getFirst().size()).isEqualTo(5);
        assertThat(host.list(dir.resolve("folder"))).isEmpty();
        assertThatThrownBy(() -> host.list(dir.resolve("none")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void the_path_behind_links_is_told() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));
        Path link = Files.createSymbolicLink(dir.resolve("link"), file);

        assertThat(host.real(link)).contains(file.toRealPath());
        assertThat(host.real(dir.resolve("none"))).isEmpty();
        assertThat(host.isFolder(dir)).isTrue();
        assertThat(host.isFolder(file)).isFalse();
    }

    @Test
    void whether_a_file_could_be_replaced_is_told() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));

        assertThat(host.writable(file)).isEmpty();
        assertThat(host.writable(dir.resolve("not/yet/there"))).isEmpty();
        assertThat(host.writable(file.resolve("below"))).isPresent();
    }

    private static void ends(long pid) {
        var process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return;
        }
        try {
            process.get().onExit().get(60, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception e) {
            fail("process " + pid + " is still there", e);
        }
    }
}
