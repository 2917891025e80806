package backout.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.fixture.Folders;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the scripts do on machines that are not as one would have them. */
class RemoteTest {
    private final Path home = Folders.make("rebuild-scripts");

    @AfterEach
    void remove() {
        Folders.delete(home);
    }

    private void program(String name, String does) throws IOException {
        Path file = home.resolve("bin").resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Cli.Result run(Remote script, String... arguments) {
        var argv = new ArrayList<>(List.of("sh", "-c", "umask 077; PATH=bin:$PATH; exec \"$@\""));
        argv.add("sh");
        argv.addAll(script.argv(List.of(arguments)));
        return new Cli(home, Map.of()).attempt(argv.toArray(String[]::new));
    }

    private List<String> facts() {
        return run(Remote.FACTS, "vidfab", home.resolve("srv").toString())
                .output()
                .lines()
                .toList();
    }

    @Test
    void podman_that_goes_by_the_name_of_docker_is_not_it() throws IOException {
        program("docker", "echo podman version 4.3.1");

        assertThat(facts()).contains("docker podman");
    }

    @Test
    void an_engine_in_a_snap_reads_no_file_of_the_project() throws IOException {
        program("snap", "echo 27.2.0");
        Files.createSymbolicLink(home.resolve("bin/docker"), Path.of("snap"));

        assertThat(facts()).contains("docker snap");
    }

    @Test
    void where_images_are_kept_and_selinux_are_told() throws IOException {
        program("docker", "case $1 in info) echo /data/docker ;; version) echo 20.10.24 ;; esac");
        program("getenforce", "echo Enforcing");

        assertThat(facts()).contains("docker 20.10.24", "data /data/docker", "selinux enforcing");
    }

    @Test
    void packages_are_readable_and_what_was_cut_off_before_is_ended_first() throws IOException {
        program("docker", "[ -e installed ] && echo Docker");
        program("dpkg", "echo $* >>asked; touch dpkg-done");
        program(
                "apt-get",
                """
                case " $* " in *" install "*) [ -e dpkg-done ] && umask >with && touch installed ;; esac\
                """);
        program("docker-compose", "[ -e installed ]");

        assertThat(run(Remote.DOCKER).ok()).isTrue();

        assertThat(home.resolve("asked")).hasContent("--configure -a");
        assertThat(home.resolve("with")).hasContent("0022");
    }

    @Test
    void what_the_package_manager_complains_of_is_told_though_more_was_tried() {
        var ended =
                new Job.Ended(
                        100,
                        "E: Unable to correct problems, you have held broken packages.\n"
                                + "E: Unable to locate package docker-compose\nbye\n");

        assertThat(ended.complaint())
                .contains("held broken packages")
                .contains("Unable to locate package docker-compose")
                .doesNotContain("bye");
    }

    @Test
    void what_cannot_be_found_again_is_not_begun() throws IOException {
        program("mv", "exit 1");
        program("sleep", ":");

        assertThat(run(Remote.START, home.resolve("job").toString(), "touch", "done").ok())
                .isFalse();

        assertThat(home.resolve("done")).doesNotExist();
    }
}
