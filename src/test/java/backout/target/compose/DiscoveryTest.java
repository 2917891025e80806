package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.host.Host;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
            var discovery = new Discovery(engine, Host.parse("local"));

            assertThatThrownBy(() -> discovery.container(target))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("ssh:prod-1");
        }
    }

    @Test
    void what_docker_compose_1_made_is_refused_with_advice() {
        var labels = Map.of("com.docker.compose.version", "1.29.2");
        var container =
                new ContainerSummary("1", "relay_1", "relay:1", "sha256:1", "running", labels, "");
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            var discovery = new Discovery(engine, Host.parse("local"));

            assertThatThrownBy(() -> discovery.project(container))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("was made by docker-compose 1.29.2")
                    .hasMessageContaining("install the compose plugin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/a\0b.yml", "/srv/a\nb.yml"})
    void a_label_that_is_no_path_is_a_problem_of_its_container(String files) {
        var labels =
                Map.of(
                        "com.docker.compose.project.config_files",
                        files,
                        "com.docker.compose.project.working_dir",
                        "/srv");
        var container = new ContainerSummary("1", "evil", "a:1", "sha256:1", "running", labels, "");
        try (var engine = Engine.at("unix:///nonexistent/docker.sock")) {
            var discovery = new Discovery(engine, Host.parse("local"));

            assertThatThrownBy(() -> discovery.project(container))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("config_files of the container is no path");
        }
    }
}
