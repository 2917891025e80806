package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.OtherHost;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

/** Whose a container is, and what is said to whoever asks for it all the same. */
final class OwnerTest {
    private record NoUnits(Host host) implements OtherHost {
        @Override
        public boolean exists(Path path) {
            return false;
        }

        @Override
        public Result run(Command command) {
            throw new AssertionError("there is nothing to look through");
        }
    }

    private static String of(Map<String, String> labels) {
        var container =
                new ContainerSummary(
                        "id", "web", "shop:1", "sha256:1", "running", labels, "bridge");
        return new Owner(new NoUnits(Host.local()))
                .of(container)
                .map(Object::toString)
                .orElse("nobody");
    }

    @Test
    void what_docker_run_made_is_nobodys() {
        assertThat(of(Map.of("team", "shop"))).isEqualTo("nobody");
    }

    @Test
    void what_compose_made_is_given_back_to_compose() {
        assertThat(
                        of(
                                Map.of(
                                        "com.docker.compose.project", "shop",
                                        "com.docker.compose.service", "web",
                                        "com.docker.compose.project.working_dir", "/srv/shop")))
                .contains("service web of compose project shop", "compose NAME")
                .contains("docker compose -p shop up -d web");
    }

    @Test
    void what_portainer_made_is_given_back_to_portainer() {
        assertThat(
                        of(
                                Map.of(
                                        "com.docker.compose.project", "shop",
                                        "com.docker.compose.project.working_dir",
                                                "/data/compose/3")))
                .contains("stack shop of Portainer", "Update the stack");
    }

    @ParameterizedTest
    @CsvSource({
        "com.docker.swarm.service.name,shop_web,docker service rollback shop_web",
        "io.kubernetes.pod.name,web-1,kubectl rollout undo",
        "com.hashicorp.nomad.alloc_id,7f,nomad job revert",
        "PODMAN_SYSTEMD_UNIT,web.service,systemctl restart web.service"
    })
    void what_others_made_is_given_back_to_them(String label, String value, String command) {
        assertThat(of(Map.of(label, value))).contains("it belongs to", command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExecStart=/usr/bin/docker run --rm --name web shop:1",
                "ExecStart=/usr/bin/docker run --name=web shop:1",
                "ExecStart=-/usr/bin/docker start -a web",
                "ExecStart=/usr/bin/docker run \\\n  --rm \\\n  --name %p \\\n  shop:1",
                "ExecStart=/usr/bin/podman run --name \"web\" shop:1"
            })
    void a_unit_that_runs_it_is_its_owner(String line) {
        assertThat(Owner.starts("web.service", "[Service]\n" + line + "\n", "web")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ExecStart=/usr/bin/docker run --name web2 shop:1",
                "ExecStart=/usr/bin/docker start myweb",
                "# ExecStart=/usr/bin/docker start web",
                "ExecStart=/usr/bin/dockerd --name web",
                "Requires=docker.service web.service"
            })
    void a_unit_that_does_something_else_is_not(String line) {
        assertThat(Owner.starts("other.service", "[Service]\n" + line + "\n", "web")).isFalse();
    }
}
