package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.FakeZone;
import backout.plan.Step;
import backout.run.Present;

import org.junit.jupiter.api.Test;

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
            Step given = step("");
            var with = new java.util.HashMap<>(given.with());
            with.put("api", none.api().toString());
            var step =
                    new Step(
                            given.action(),
                            given.target(),
                            given.phase(),
                            given.from(),
                            given.to(),
                            with,
                            given.says());
            assertThat(move().present(step, work())).isEqualTo(new Present.At(step.from()));

            var _ = move().move(step, work());
            assertThat(none.world().lines()).hasSize(6);
            var _ = move().back(step, Optional.empty(), work());

            assertThat(none.world()).isEmpty();
        }
    }
}
