package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.FakeZone;
import backout.run.Present;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

/** Names move to another place, at a zone as Vercel keeps it. */
final class VercelDnsMoveTest extends OneByOneContract {
    VercelDnsMoveTest() {
        super(FakeZone.Vendor.VERCEL);
    }

    /** As it is where nobody ever wrote a record: the vendor leads people by itself. */
    @Test
    void names_without_a_record_are_led_away_and_back_to_none() {
        zone().close();
        var none = new FakeZone(FakeZone.Vendor.VERCEL);
        try (none) {
            var step =
                    TestZones.step(
                            "",
                            AFTER,
                            "vidfab.test.,www.vidfab.test.,zh.vidfab.test.",
                            Map.of("provider", "vercel", "api", none.api().toString()));
            assertThat(move().present(step, TestZones.work()))
                    .isEqualTo(new Present.At(step.from()));

            var _ = move().move(step, TestZones.work());
            assertThat(none.world().lines()).hasSize(6);
            var _ = move().back(step, Optional.empty(), TestZones.work());

            assertThat(none.world()).isEmpty();
        }
    }
}
