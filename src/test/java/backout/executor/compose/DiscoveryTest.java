package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.host.Host;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class DiscoveryTest {
    @Test
    void a_target_of_another_machine_is_never_looked_for_on_this_one() {
        var settings = new Settings(Map.of("project", "relay", "service", "relay"));
        var target =
                new Target(
                        new TargetName("compose", "relay"),
                        "ssh:prod-1",
                        "production",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        settings);
        // An engine that answers nobody: it must not even be asked
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            var discovery = new Discovery(engine, Host.local());

            assertThatThrownBy(() -> discovery.container(target))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is looked for on local");
        }
    }

    @Test
    void what_docker_compose_1_made_is_refused_with_advice() {
        var labels = Map.of("com.docker.compose.version", "1.29.2");
        var container =
                new ContainerSummary("1", "relay_1", "relay:1", "sha256:1", "running", labels, "");
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            var discovery = new Discovery(engine, Host.local());

            assertThatThrownBy(() -> discovery.project(container))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("was made by docker-compose 1.29.2")
                    .hasMessageContaining("install the compose plugin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/a\0b.yml", "/srv/a\nb.yml", "/srv/a.yml\r"})
    void a_label_that_is_no_path_is_a_problem_of_its_container(String files) {
        var labels =
                Map.of(
                        "com.docker.compose.project.config_files",
                        files,
                        "com.docker.compose.project.working_dir",
                        "/srv");
        var container = new ContainerSummary("1", "evil", "a:1", "sha256:1", "running", labels, "");
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            var discovery = new Discovery(engine, Host.local());

            assertThatThrownBy(() -> discovery.project(container))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("config_files of the container is no path");
        }
    }

    private static Project project(String name, Path folder, String envFile) {
        var labels =
                Map.of(
                        "com.docker.compose.project",
                        "p",
                        "com.docker.compose.service",
                        "web",
                        "com.docker.compose.container-number",
                        "1",
                        "com.docker.compose.project.working_dir",
                        folder.toString(),
                        "com.docker.compose.project.config_files",
                        folder + "/compose.yml",
                        "com.docker.compose.project.environment_file",
                        envFile);
        var container = new ContainerSummary("1", name, "w:1", "sha256:1", "running", labels, "");
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            return new Discovery(engine, Host.local()).project(container);
        }
    }

    @Test
    void an_env_file_that_was_there_for_a_moment_is_named(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("compose.yml"), "services: {}");
        assertThatThrownBy(() -> project("p-web-1", folder, folder + "/tmp.x7Rq"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(
                        "the env file that container p-web-1 was started with is gone")
                .hasMessageContaining(folder + "/tmp.x7Rq")
                .hasMessageContaining("deploy with one that stays");
    }

    @Test
    @Timeout(10)
    void nobody_waits_for_a_pipe(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("compose.yml"), "services: {}");
        Path pipe = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> project("p-web-1", folder, pipe.toString()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is a pipe or a device")
                .hasMessageContaining("into a file that stays");
    }

    @Test
    void the_manner_of_its_name_is_that_of_the_project(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("compose.yml"), "services: {}");
        assertThat(project("p_web_1", folder, "/dev/null").isCompatible()).isTrue();
        assertThat(project("p-web-1", folder, "/dev/null").isCompatible()).isFalse();
        assertThat(project("p_web", folder, "/dev/null").isCompatible()).isFalse();
    }
}
