package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashSet;
import java.util.List;

class ModelTest {
    private static final Model MODEL =
            new Model(
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"services": {
                                      "web": {"image": "web:1", "depends_on": {"api": {"condition": "service_started"}}},
                                      "api": {"image": "api:1", "depends_on": ["db"], "links": ["cache:c"], "build": {}},
                                      "db": {"image": "db:1", "volumes_from": ["files:ro"], "profiles": ["data", "all"]},
                                      "cache": {"image": "cache:1", "network_mode": "service:vpn", "ipc": "host"},
                                      "vpn": {"image": "vpn:1", "depends_on": ["web"], "profiles": ["all"]},
                                      "files": {"image": "files:1"},
                                      "alone": {"image": "alone:1"}
                                    }}
                                    """));

    @Test
    void dependencies_are_followed_through_every_kind_of_tie_and_round_circles() {
        assertThat(MODEL.dependencies("web"))
                .containsExactlyInAnyOrder("api", "db", "cache", "vpn", "files");
        assertThat(MODEL.dependencies("db")).containsExactly("files");
        assertThat(MODEL.dependencies("alone")).isEmpty();
        assertThat(MODEL.dependencies("unheard-of")).isEmpty();
    }

    @Test
    void profiles_are_those_of_what_runs_each_once() {
        assertThat(MODEL.profiles(new LinkedHashSet<>(List.of("web", "vpn", "db"))))
                .containsExactly("all", "data");
        assertThat(MODEL.profiles(new LinkedHashSet<>(List.of("web")))).isEmpty();
    }

    @Test
    void an_image_may_be_built() {
        assertThat(MODEL.image("api")).isEqualTo("api:1");
        assertThat(MODEL.isBuilt("api")).isTrue();
        assertThat(MODEL.isBuilt("web")).isFalse();
        assertThat(MODEL.image("unheard-of")).isEmpty();
    }
}
