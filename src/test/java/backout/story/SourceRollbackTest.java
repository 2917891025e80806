package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Release;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes that run out of a folder, rolled back by real words. */
final class SourceRollbackTest {
    @ParameterizedTest
    @EnumSource(names = {"CRASH_LOOP", "HEALTH_500", "SLOW", "REDIS_DOWN"})
    void an_upgrade_that_went_wrong_is_rolled_back_and_proven(Release bad) {
        try (var deployed = new Deployed().released(Release.GOOD, bad).run().proven(Release.GOOD)) {
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isZero();
            assertThat(deployed.served()).hasFileName("2026-1.1.0");
            assertThat(deployed.processes()).containsExactly(deployed.served());
            assertThat(deployed.health()).contains("\"version\":\"1.1.0\"");
        }
    }

    @Test
    void one_that_turns_out_worse_is_undone() {
        try (var deployed =
                new Deployed()
                        .released(Release.REDIS_DOWN, Release.GOOD_2)
                        .run()
                        .awaitAnswer()
                        .proven(Release.REDIS_DOWN)) {
            var seat = deployed.rollback("source relay because 5xx");

            assertThat(seat.exitCode()).as(seat.text()).isEqualTo(1);
            assertThat(seat.words())
                    .contains("The rollback was undone", "Error: no Redis for ***")
                    .doesNotContain(Deployed.SECRET);
            assertThat(deployed.served()).hasFileName("2026-1.2.0");
            assertThat(deployed.processes()).containsExactly(deployed.served());
        }
    }
}
