package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

    @Test
    void what_is_known_is_filled_in_and_the_targets_own_follow_each_once() {
        var target =
                target(
                        Map.of("url", URI.create("http://h:3000/")),
                        "GET {url}/health [STATUS] == 200",
                        "GET {url}/api as {api-key} [STATUS] == 200");
        assertThat(new CheckLines(target, COMMAND, "sha256:ab", "1.1.0").lines())
                .containsExactly(
                        "container [IMAGE] == sha256:ab",
                        "GET http://h:3000/health [BODY].version == 1.1.0",
                        "GET http://h:3000/health [STATUS] == 200",
                        "GET http://h:3000/api as {api-key} [STATUS] == 200");
    }

    @Test
    void what_nobody_knows_is_not_asked() {
        assertThat(new CheckLines(target(Map.of()), COMMAND, "sha256:ab", "").lines())
                .containsExactly("container [IMAGE] == sha256:ab");
    }
}
