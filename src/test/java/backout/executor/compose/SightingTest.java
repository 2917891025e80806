package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a service says of itself. */
final class SightingTest {
    @Test
    void the_version_of_a_health_body_is_read_as_json_is_read() {
        assertThat(
                        Sighting.version(
                                """
                                {"api": {"version": "2"}, "version": "3.0 [beta] \\"x\\" it's"}\
                                """))
                .isEqualTo("3.0 [beta] \"x\" it's");
        assertThat(Sighting.version("{\"version\": \"\\u0031.0\"}")).isEqualTo("1.0");
    }

    @Test
    void what_is_no_name_is_no_version() {
        assertThat(Sighting.version("{\"version\": 3}")).isEmpty();
        assertThat(Sighting.version("{\"version\": \"\"}")).isEmpty();
        assertThat(Sighting.version("{\"version\": \"1\\n2\"}")).isEmpty();
        assertThat(Sighting.version("{\"version\": \"" + "1".repeat(65) + "\"}")).isEmpty();
        assertThat(Sighting.version("version \"version\": \"1\"")).isEmpty();
    }
}
