package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.BodyPath;
import backout.check.Reading;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    private static String asked(Map<String, Object> settings, Reading reading) {
        var all = new HashMap<>(settings);
        all.put("version", "GET {url}/health [BODY].version");
        var target =
                new Target(
                        new TargetName("any", "shop"),
                        "local",
                        "some",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(all));
        return new ReportedVersion(
                        (subject, _) -> {
                            assertThat(subject.template()).isEqualTo("http://shop/health");
                            return reading;
                        })
                .of(target, "version", Deadline.in(Duration.ofMinutes(1), System::nanoTime));
    }

    @Test
    void it_is_asked_where_the_setting_says_and_who_does_not_answer_says_none() {
        Map<String, Object> url = Map.of("url", URI.create("http://shop"));
        var answered =
                new Reading.Answered(200, "{\"version\": \"1.0\"}", false, Duration.ofMillis(1));
        assertThat(asked(url, answered)).isEqualTo("1.0");
        assertThat(asked(url, new Reading.NoAnswer(Phrase.of("refused")))).isEmpty();
        assertThat(asked(Map.of(), answered)).as("no url, nobody asked").isEmpty();
    }
}
