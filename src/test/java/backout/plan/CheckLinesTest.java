package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Check;
import backout.check.Reading;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.JsonNodeFactory;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class CheckLinesTest {
    private static final List<String> COMMAND =
            List.of(
                    "container [IMAGE] == {to}",
                    "GET {url}/health [BODY].version == {version}",
                    "GET {url}/health [STATUS] == 200");

    private static Target target(Map<String, Object> settings, String... checks) {
        return new Target(
                TargetName.of("compose/relay"),
                "local",
                "production",
                Duration.ZERO,
                Duration.ZERO,
                List.of(checks),
                new Settings(settings));
    }

    private static List<String> lines(Target target) {
        return Stream.concat(COMMAND.stream(), target.checks().stream()).toList();
    }

    @Test
    void what_is_known_is_filled_in_and_the_targets_own_follow_each_once() {
        var target =
                target(
                        Map.of("url", URI.create("http://h:3000/")),
                        "GET {url}/health [STATUS] == 200",
                        "GET {url}/api as {api-key} [STATUS] == 200");
        assertThat(CheckLines.of(target, lines(target), "sha256:ab", "1.1.0"))
                .containsExactly(
                        "container [IMAGE] == sha256:ab",
                        "GET http://h:3000/health [BODY].version == 1.1.0",
                        "GET http://h:3000/health [STATUS] == 200",
                        "GET http://h:3000/api as {api-key} [STATUS] == 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.0",
                "1.1 (build 7)",
                "(",
                ")",
                "1) or (2",
                "{version}",
                "{to} {url}",
                "*",
                "1.*",
                "\\",
                "a\\b",
                "\\(",
                "\"",
                "say \"hi\"",
                "\"1.0\"",
                "pat(1)",
                "any(1, 2)",
                "baseline",
                "baseline x2",
                "v9\u001b[31m",
                "[STATUS]",
                "== 2",
                "a\tb",
                "within 3s",
                "or",
                "1.1 within 5s"
            })
    void a_version_is_the_text_that_it_is(String version) {
        var lines =
                List.of(
                        "GET {url}/health [BODY].version == {version} within 5s",
                        "GET {url}/health [BODY].version == \"{version}\"",
                        "GET {url}/health [BODY].version == pat({version}*)");
        var target = target(Map.of("url", URI.create("http://h:3000")));
        List<Check> checks = Check.filled(CheckLines.of(target, lines, "sha256:ab", version));
        assertThat(checks).hasSize(3);
        for (Check check : checks) {
            assertThat(check.judge(answer(version), Optional.empty()).isWell())
                    .as(check.text())
                    .isTrue();
            assertThat(check.judge(answer("other" + version), Optional.empty()).isWell())
                    .as(check.text())
                    .isFalse();
            assertThat(check.isIdentity()).as(check.text()).isTrue();
        }
        assertThat(checks.getFirst().within()).hasValue(Duration.ofSeconds(5));
    }

    private static Reading answer(String version) {
        var body = JsonNodeFactory.instance.objectNode().put("version", version);
        return new Reading.Answered(200, body.toString(), false, Duration.ZERO);
    }

    @Test
    void what_nobody_knows_is_not_asked() {
        assertThat(CheckLines.of(target(Map.of()), COMMAND, "sha256:ab", ""))
                .containsExactly("container [IMAGE] == sha256:ab");
    }
}
