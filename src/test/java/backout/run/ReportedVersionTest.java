package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.BodyPath;

import org.junit.jupiter.api.Test;

/** What a service says of itself. */
final class ReportedVersionTest {
    @Test
    void the_version_of_a_health_body_is_read_as_json_is_read() {
        assertThat(
                        version(
                                """
                                {"api": {"version": "2"}, "version": "3.0 [beta] \\"x\\" it's"}\
                                """))
                .isEqualTo("3.0 [beta] \"x\" it's");
        assertThat(version("{\"version\": \"\\u0031.0\"}")).isEqualTo("1.0");
    }

    @Test
    void what_is_no_name_is_no_version() {
        assertThat(version("{\"version\": 3}")).isEmpty();
        assertThat(version("{\"version\": \"\"}")).isEmpty();
        assertThat(version("{\"version\": \"1\\n2\"}")).isEmpty();
        assertThat(version("{\"version\": \"" + "1".repeat(65) + "\"}")).isEmpty();
        assertThat(version("version \"version\": \"1\"")).isEmpty();
    }

    @Test
    void the_place_is_a_setting() {
        assertThat(ReportedVersion.in("{\"build\":{\"tag\":\"v2\"}}", new BodyPath(".build.tag")))
                .isEqualTo("v2");
        assertThat(ReportedVersion.in("1.1.174\n", new BodyPath(""))).isEqualTo("1.1.174");
        assertThat(ReportedVersion.in("<html>\n<p>not found", new BodyPath(""))).isEmpty();
    }

    private static String version(String body) {
        return ReportedVersion.in(body, new BodyPath(".version"));
    }
}
