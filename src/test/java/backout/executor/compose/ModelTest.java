package backout.executor.compose;

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

    private static final Model OPTIONAL =
            new Model(
                    new JsonMapper()
                            .readTree(
                                    """
                                    {"services": {
                                      "web": {
                                        "depends_on": {
                                          "job": {"condition": "service_started", "required": false},
                                          "cache": {"condition": "service_started", "required": false},
                                          "db": {"condition": "service_started", "required": true}},
                                        "ports": [
                                          {"target": 3000, "protocol": "tcp"},
                                          {"target": 53, "protocol": "udp", "published": "0"},
                                          {"target": 80, "published": "8080"},
                                          {"target": 81, "published": "8000-8010"}],
                                        "volumes": [{"type": "volume", "target": "/data/"}]},
                                      "job": {"profiles": ["ops"], "scale": 3},
                                      "cache": {"deploy": {"replicas": 0}},
                                      "db": {"profiles": ["data"]}
                                    }}
                                    """));

    @Test
    void what_may_be_missing_is_no_dependency_without_its_profile() {
        assertThat(OPTIONAL.dependencies("web")).containsExactlyInAnyOrder("job", "cache", "db");
        assertThat(OPTIONAL.withProfiles(List.of("ops")).dependencies("web"))
                .containsExactlyInAnyOrder("job", "cache", "db");
        assertThat(OPTIONAL.withProfiles(List.of()).dependencies("web"))
                .containsExactlyInAnyOrder("cache", "db");
    }

    @Test
    void the_number_of_containers_stands_in_one_of_two_places() {
        assertThat(OPTIONAL.replicas("job")).isEqualTo(3);
        assertThat(OPTIONAL.replicas("cache")).isZero();
        assertThat(OPTIONAL.replicas("web")).isOne();
    }

    @Test
    void ports_that_do_not_say_where_are_the_engines() {
        assertThat(OPTIONAL.chosenPorts("web")).containsExactly("3000/tcp", "53/udp");
        assertThat(OPTIONAL.chosenPorts("db")).isEmpty();
    }

    @Test
    void a_place_of_the_files_own_may_end_with_a_slash() {
        assertThat(OPTIONAL.mountsAt("web", "/data")).isTrue();
        assertThat(OPTIONAL.mountsAt("web", "/dat")).isFalse();
    }
}
