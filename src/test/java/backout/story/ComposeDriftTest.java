package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The files say something else of Redis than it was made from: compose would restart it. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeDriftTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static Relay drifted(Release runs) {
        var relay = new Relay(runs).provenGood(Release.GOOD);
        String text = relay.composeText();
        relay.composeText(
                text.replace(
                        "    command: redis-server",
                        "    environment: [DRIFT=yes]\n    command: redis-server"));
        assertThat(relay.composeText()).isNotEqualTo(text);
        assertThat(relay.site.labelHash(ComposeSite.REDIS))
                .isNotEqualTo(relay.site.composeHash(ComposeSite.REDIS));
        return relay;
    }

    @Test
    void the_engine_replaces_the_one_container() {
        try (var relay = drifted(Release.CRASH_LOOP)) {
            String redis = relay.site.containerId(ComposeSite.REDIS);

            Seat anna = relay.asks("compose claude-relay because 5xx");

            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(anna.text().replaceAll("\\s+", " "))
                    .contains(
                            "because compose would not leave the dependencies alone: docker compose"
                                    + " would make redis anew: environment DRIFT")
                    .contains("through the engine, this container alone");
            relay.assertRuns(Release.GOOD);
            relay.assertSettled(redis);
        }
    }

    @Test
    void what_the_engine_replaced_is_undone_the_same_way() {
        try (var relay = drifted(Release.GOOD)) {
            var sight = relay.sight();

            Seat anna =
                    relay.asks(
                            "compose claude-relay to "
                                    + RelayImages.shared().of(Release.CRASH_LOOP));

            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.words()).contains("The rollback was undone");
            relay.assertRuns(Release.GOOD);
            relay.assertSettled(sight.redis());
            assertThat(relay.composeText()).isEqualTo(sight.composeText());
            assertThat(relay.site.isHealthy()).isTrue();
        }
    }

    @Test
    void who_wants_compose_alone_is_told_what_it_would_do() {
        try (var relay = drifted(Release.HEALTH_500).target("swap: up")) {
            var sight = relay.sight();
            Seat anna = relay.asks("compose claude-relay");
            assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
            assertThat(anna.text().replaceAll("\\s+", " "))
                    .contains("compose would not leave the dependencies alone")
                    .contains("docker compose would make redis anew: environment DRIFT");
            assertThat(relay.sight()).isEqualTo(sight);
            assertThat(relay.protectiveTags()).isEmpty();
        }
    }
}
