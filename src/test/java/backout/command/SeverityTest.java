package backout.command;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Policy;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A rollback of severity p1 may have a policy of its own. */
class SeverityTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final TargetName RELAY = TargetName.of("compose/relay");

    private static Policy policy(String name, String urgent) {
        return new Policy(name, 1, 1, HOUR, HOUR, HOUR, false, List.of(), null, List.of(), urgent);
    }

    @Test
    void only_p1_has_the_urgent_policy() {
        var target =
                new Target(RELAY, "local", "prod", HOUR, HOUR, List.of(), new Settings(Map.of()));
        var site =
                new Site(
                        List.of(),
                        Map.of(RELAY, target),
                        Map.of(),
                        Map.of("prod", policy("prod", "now"), "now", policy("now", "")));
        assertThat(site.policyOf(target, "p1").name()).isEqualTo("now");
        assertThat(site.policyOf(target, "p2").name()).isEqualTo("prod");
        assertThat(site.policyOf(target, "").name()).isEqualTo("prod");
        assertThat(site.policyOf(target, Site.EMERGENCY).name())
                .as("that of an emergency where it names none")
                .isEqualTo("now");
    }
}
