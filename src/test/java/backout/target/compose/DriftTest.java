package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What needs no look at an image: the engine of this test is not there. */
class DriftTest {
    private static final Model MODEL =
            new Model(
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"services": {"web": {"depends_on": ["db"]}, "db": {}, "other": {}}}
                                    """));

    private static Drift look(ContainerSummary... containers) {
        return Drift.look(
                Engine.at("unix:///nowhere/docker.sock"),
                "web",
                Set.of(),
                MODEL,
                Map.of("web", "h1", "db", "h2"),
                List.of(containers));
    }

    private static ContainerSummary container(String service, String hash) {
        return new ContainerSummary(
                "c1",
                "p-" + service + "-1",
                service + ":1",
                "sha256:ab",
                "running",
                Map.of(Discovery.SERVICE, service, Discovery.HASH, hash),
                "");
    }

    @Test
    void a_dependency_without_a_container_is_down_and_has_not_drifted() {
        assertThat(look(container("web", "h1")).dependencies()).isEmpty();
    }

    @Test
    void the_services_own_drift_is_told_apart() {
        assertThat(look(container("web", "h1")).self().stream().map(Phrase::toString)).isEmpty();
        assertThat(look(container("web", "old")).self().stream().map(Phrase::toString))
                .containsExactly(
                        "the files say something else of web than its container was made from");
    }

    @Test
    void a_service_beside_is_no_dependency() {
        assertThat(look(container("other", "old"), container("web", "h1")).dependencies())
                .isEmpty();
    }
}
