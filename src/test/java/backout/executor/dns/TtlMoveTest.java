package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.FakeZone;
import backout.plan.Step;

import org.junit.jupiter.api.Test;

/** Answers are kept for another time where records are changed one after the other. */
final class TtlMoveTest extends OneByOneContract {
    TtlMoveTest() {
        super(FakeZone.Vendor.DNSPOD);
    }

    @Override
    protected Step step() {
        return step(TtlPlanner.TTL, BEFORE, BEFORE.replaceAll(" [69]00 ", " 120 "));
    }

    @Test
    void a_time_that_somebody_changed_in_between_is_not_written_over() {
        zone().without("old.vidfab.test").record("www", "CNAME", "old.vidfab.test", 300);
        String before = traces();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("somebody else changed the records")
                .hasMessageContaining("(900 s) → CNAME old.vidfab.test. (300 s)");

        assertThat(traces()).isEqualTo(before);
    }
}
