package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.fixture.Await;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every host promises, whichever machine it is. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class HostContract {
    static final Duration LONG = Duration.ofSeconds(60);

    /** What a person can type and a shell can misread. */
    private static final List<String> ODD =
            List.of(
                    "a b",
                    "$HOME",
                    "`id`;",
                    "*",
                    "'",
                    "\"",
                    "\\",
                    "\\n",
                    "two\nlines\n",
                    "\n",
                    "",
                    "-n",
                    "~",
                    "!x",
                    "#c",
                    "回滚 ñ \u0081\u0088",
                    "\t",
                    "a\rb",
                    "%s%%");

    /** The one under test. */
    abstract Host host();

    /** An empty folder on it, of the user that the host is. */
    abstract Path folder();

    /** Does something on that machine, not by the host, as that user; what it printed. */
    abstract String sh(String script);

    private Result run(String script, String... arguments) {
        var words = new java.util.ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(List.of(arguments));
        return host().run(Command.of(LONG, words));
    }

    private void put(Path file, String text) {
        sh("printf %s '" + text + "' >'" + file + "'");
    }

    private String held(Path file) {
        return sh("cat '" + file + "'");
    }

    @Test
    void the_exit_code_and_both_streams_are_told() {
        var result = run("echo out; echo err >&2; exit 7");

        assertThat(result.exited().exitCode()).isEqualTo(7);
        assertThat(result.exited().isSuccess()).isFalse();
        assertThat(result.stdout().text()).isEqualTo("out\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
        assertThat(result.stdout().isWhole()).isTrue();
    }

    @Test
    void a_signal_that_ended_it_is_told() {
        assertThat(run("kill -9 $$").exited().exitCode()).isEqualTo(137);
    }

    @Test
    void what_may_outlive_the_bot_is_told_the_same() {
        var command = Command.of(LONG, "sh", "-c", "cat; echo said; echo err >&2; exit 3");
        var result = host().run(command.feeding("fed ".getBytes(UTF_8)).outliving());

        assertThat(result.exited().exitCode()).isEqualTo(3);
        assertThat(result.stdout().text()).isEqualTo("fed said\n");
        assertThat(result.stderr().text()).isEqualTo("err\n");
    }

    @Test
    void arguments_reach_the_program_as_they_are() {
        var words = new java.util.ArrayList<>(List.of("printf", "%s|"));
        words.addAll(ODD);

        var result = host().run(Command.of(LONG, words));

        assertThat(result.stdout().text()).isEqualTo(String.join("|", ODD) + "|");
    }

    @Test
    void variables_reach_the_program_as_they_are() {
        var given =
                IntStream.range(0, ODD.size())
                        .boxed()
                        .collect(Collectors.toMap(i -> "ODD_" + i, ODD::get));
        var command = Command.of(LONG, "env").with(given);

        assertThat(host().environment(command)).containsAllEntriesOf(given);
        var asked = Command.of(LONG, "sh", "-c", "printf %s \"$ODD_8\"").with(given);
        assertThat(host().run(asked).stdout().text()).isEqualTo("two\nlines\n");
    }

    @Test
    void the_input_is_fed_and_the_folder_is_used() {
        var input = "x".repeat(3_000_000) + "end";
        var result =
                host().run(
                                Command.of(LONG, "sh", "-c", "pwd; cat")
                                        .in(folder())
                                        .feeding(input.getBytes(UTF_8)));

        assertThat(result.stdout().text()).isEqualTo(folder() + "\n" + input);
    }

    @Test
    void only_known_variables_and_those_that_were_given_are_seen() {
        var command = Command.of(LONG, "env").with(Map.of("GIVEN", "yes"));

        var names =
                host().run(command)
                        .stdout()
                        .text()
                        .lines()
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .collect(Collectors.toSet());
        assertThat(names).contains("PATH", "GIVEN", "LC_ALL").noneMatch(n -> n.startsWith("MAVEN"));
        assertThat(names).doesNotContain("JAVA_HOME", "COMPOSE_FILE", "SHLVL", "SSH_CLIENT");
        assertThat(host().environment(command)).containsKeys("PATH", "GIVEN", "LC_ALL");
    }

    @Test
    void a_command_that_does_not_end_is_cut_off_with_all_that_it_started() {
        Path pids = folder().resolve("pids");
        var script =
                "(sh -c 'echo $$ >>"
                        + pids
                        + "; sleep 300 & echo $! >>"
                        + pids
                        + "; wait'); echo never";

        var result = host().run(Command.of(Duration.ofSeconds(3), "sh", "-c", script));

        assertThat(result).isInstanceOf(Result.CutOff.class);
        assertThatThrownBy(result::exited).hasMessageContaining("may or may not have happened");
        assertThat(held(pids).lines()).hasSize(2);
        String living = "for p in $(cat " + pids + "); do [ -e /proc/$p ] && echo $p; done; true";
        Await.until("all are ended", () -> sh(living).isEmpty());
    }

    @Test
    void an_output_without_end_is_kept_at_its_last_part() {
        var result =
                host().run(
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
    void an_output_is_handed_on_whole_and_not_kept() {
        var sink = new ByteArrayOutputStream();
        var result =
                host().run(
                                Command.of(
                                                LONG,
                                                "sh",
                                                "-c",
                                                "head -c 30000000 /dev/zero; echo said >&2")
                                        .keeping(1000)
                                        .into(sink));

        assertThat(result.exited().isSuccess()).isTrue();
        assertThat(sink.size()).isEqualTo(30_000_000);
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
        Path pid = folder().resolve("pid");
        var script = "echo $$ >" + pid + "; echo said; exec sleep 300";
        var command = Command.of(LONG, "sh", "-c", script).into(full);

        assertThatThrownBy(() -> host().run(command))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left");
        Await.until(
                "it is killed",
                () -> sh("[ -e /proc/$(cat " + pid + ") ] || echo gone").equals("gone"));
    }

    @Test
    void of_a_line_whose_beginning_is_gone_nothing_is_left() {
        var script = "printf 'password=%01000d\\nthe end\\n' 1";
        var command = Command.of(LONG, "sh", "-c", script);

        assertThat(host().run(command.keeping(500)).stdout().lines())
                .containsExactly("…", "the end");
        assertThat(host().run(command).stdout().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("password=0");
    }

    @Test
    void a_child_that_stays_behind_with_the_output_open_is_not_waited_for() {
        var command = Command.of(LONG, "sh", "-c", "sleep 300 & echo $!; echo started");
        var result = host().run(command.keeping(1000));

        assertThat(result.exited().exitCode()).isZero();
        assertThat(result.stdout().text()).endsWith("started\n");
        sh("kill " + result.stdout().text().lines().findFirst().orElseThrow());
    }

    @Test
    void an_interrupt_kills_the_command_and_is_kept() throws InterruptedException {
        var seen = new boolean[1];
        Path pid = folder().resolve("pid");
        var script = "echo $$ >" + pid + "; exec sleep 300";
        var waiter =
                Thread.ofPlatform()
                        .start(() -> {
                            var result = host().run(Command.of(LONG, "sh", "-c", script));
                            seen[0] =
                                    result instanceof Result.CutOff
                                            && Thread.currentThread().isInterrupted();
                        });
        Await.until("it runs", () -> host().exists(pid));
        waiter.interrupt();

        assertThat(waiter.join(Duration.ofSeconds(60))).isTrue();
        assertThat(seen[0]).isTrue();
        Await.until(
                "it is killed",
                () -> sh("[ -e /proc/$(cat " + pid + ") ] || echo gone").equals("gone"));
    }

    @Test
    void a_program_that_is_not_there_is_a_problem() {
        assertThatThrownBy(() -> host().run(Command.of(LONG, "no-such-program")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no-such-program could not be started");
        var elsewhere = Command.of(LONG, "true").in(folder().resolve("none"));
        assertThatThrownBy(() -> host().run(elsewhere))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("could not be started");
    }

    @Test
    void commands_at_the_same_time_do_not_mix() throws Exception {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var said =
                    IntStream.range(0, 20)
                            .mapToObj(i -> threads.submit(() -> run("echo $1", "n" + i)))
                            .toList();
            for (int i = 0; i < 20; i++) {
                assertThat(said.get(i).get().stdout().text()).isEqualTo("n" + i + "\n");
            }
        }
    }

    @Test
    void room_is_told_also_for_a_path_that_is_not_there_yet() {
        var space = host().space(folder().resolve("not/yet/there"));

        assertThat(space.freeBytes()).isPositive();
        space.freeInodes().ifPresent(inodes -> assertThat(inodes).isPositive());
        assertThat(host().space(folder()).freeInodes()).isPresent();
    }

    @Test
    void a_file_is_read_up_to_its_limit() {
        Path file = folder().resolve("f");
        put(file, "12345");

        assertThat(host().read(file, 5)).hasValueSatisfying(b -> assertThat(b).hasSize(5));
        assertThat(host().read(folder().resolve("none"), 5)).isEmpty();
        assertThatThrownBy(() -> host().read(file, 4)).hasMessageContaining("more than 4 bytes");
        assertThatThrownBy(() -> host().read(folder(), 4)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> host().read(file.resolve("below"), 4))
                .isInstanceOf(ProblemException.class);
        assertThat(host().exists(file)).isTrue();
        assertThat(host().exists(folder().resolve("none"))).isFalse();
    }

    @Test
    void what_would_be_waited_for_is_not_read() {
        Path pipe = folder().resolve("pipe");
        sh("cd " + folder() + "; mkfifo pipe; ln -s pipe link");
        for (Path path : List.of(pipe, folder().resolve("link"), Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> host().read(path, 5))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("is a pipe or a device");
        }
        assertThat(host().read(Path.of("/dev/null"), 5)).isPresent();
    }

    @Test
    void a_folder_is_listed_with_what_things_are() {
        sh(
                "cd "
                        + folder()
                        + "; mkdir -p in/folder; cd in; printf 12345 >'a b\nc'; ln -s folder link;"
                        + " mkfifo pipe; : >.hidden; : >-n; : >..two; touch -d @1000 old");

        var found = host().list(folder().resolve("in"));

        assertThat(found)
                .extracting(entry -> entry.name() + " " + entry.kind())
                .containsExactly(
                        "-n FILE",
                        "..two FILE",
                        ".hidden FILE",
                        "a b\nc FILE",
                        "folder FOLDER",
                        "link LINK",
                        "old FILE",
                        "pipe OTHER");
        assertThat(found.get(3).size()).isEqualTo(5);
        assertThat(found.get(6).modified()).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(host().list(folder().resolve("in/folder"))).isEmpty();
        for (String none : List.of("none", "in/old")) {
            assertThatThrownBy(() -> host().list(folder().resolve(none)))
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void the_path_behind_links_is_told() {
        Path file = folder().resolve("file");
        sh("cd " + folder() + "; : >file; ln -s file link; ln -s none dead");

        assertThat(host().real(folder().resolve("link"))).contains(file);
        assertThat(host().real(folder().resolve("none"))).isEmpty();
        assertThat(host().real(folder().resolve("dead"))).isEmpty();
        assertThat(host().isFolder(folder())).isTrue();
        assertThat(host().isFolder(file)).isFalse();
    }

    @Test
    void whether_a_file_could_be_replaced_is_told() {
        Path file = folder().resolve("file");
        sh("cd " + folder() + "; echo as it was >file; ln -s none dead; ln -s file link");

        assertThat(host().writable(file)).isEmpty();
        assertThat(host().writable(folder().resolve("link"))).isEmpty();
        assertThat(host().writable(folder())).isEmpty();
        assertThat(host().writable(folder().resolve("not/yet/there"))).isEmpty();
        assertThat(host().writable(file.resolve("below"))).isPresent();
        assertThat(host().writable(folder().resolve("dead"))).isPresent();
        assertThat(held(file)).isEqualTo("as it was");
    }

    @Test
    void a_file_is_replaced_and_keeps_what_hangs_on_it() {
        Path file = folder().resolve("a file");
        sh("cd " + folder() + "; printf old >'a file'; chmod 640 'a file'; ln -s 'a file' link");
        byte[] text = "new\n\u0000回滚".getBytes(UTF_8);

        host().write(folder().resolve("link"), text, Sha256.of("old".getBytes(UTF_8)));

        assertThat(host().read(file, 100).orElseThrow()).isEqualTo(text);
        assertThat(sh("stat -c %a '" + file + "'")).isEqualTo("640");
        assertThat(sh("ls -A " + folder()).lines()).containsExactly("a file", "link");
        assertThat(sh("readlink " + folder() + "/link")).isEqualTo("a file");
    }

    @Test
    void a_file_with_a_second_name_is_written_in_place_and_its_old_text_kept() {
        Path file = folder().resolve("one");
        sh("cd " + folder() + "; printf old >one; ln one two");
        String before = Sha256.of("old".getBytes(UTF_8));

        host().write(file, "new".getBytes(UTF_8), before);

        assertThat(held(folder().resolve("two"))).isEqualTo("new");
        Path kept = folder().resolve("one.before-" + before.substring(0, 12));
        assertThat(held(kept)).isEqualTo("old");
        assertThat(sh("stat -c %a " + kept)).isEqualTo("600");
    }

    @Test
    void a_file_that_somebody_edited_stays_as_it_is() {
        Path file = folder().resolve("f");
        put(file, "edited");
        byte[] text = "new".getBytes(UTF_8);
        String old = Sha256.of("old".getBytes(UTF_8));

        assertThatThrownBy(() -> host().write(file, text, old))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody edited it meanwhile");
        assertThat(held(file)).isEqualTo("edited");
        assertThat(sh("ls -A " + folder())).isEqualTo("f");
        assertThatThrownBy(() -> host().write(folder().resolve("none"), text, old))
                .hasMessageContaining("the file is gone");
        assertThatThrownBy(() -> host().write(folder(), text, old))
                .hasMessageContaining("no regular file");
    }

    @Test
    void processes_of_a_piece_of_work_are_told_and_no_others() {
        String tag = UUID.randomUUID() + "/3";
        Path left = folder().resolve("left");
        var work = "sleep 300 & echo $! >>" + left;
        for (String one : List.of(tag, tag + "4", "x" + tag)) {
            run("BACKOUT_WORK='" + one + "' setsid " + work);
        }
        String[] pids = held(left).split("\n", -1);

        Await.until("it is told", () -> host().atWork(tag).equals(List.of(pids[0])));
        sh("kill " + String.join(" ", pids));
        Await.until("it has ended", () -> host().atWork(tag).isEmpty());
    }

    @Test
    void a_port_of_another_machine_is_unknown() {
        assertThat(host().port("192.0.2.1", 80)).isEqualTo(Host.PortState.UNKNOWN);
    }
}
