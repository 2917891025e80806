package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.FakeZone;

import org.junit.jupiter.api.Test;

/** Names move to another place, at a zone as AliDns keeps it. */
final class AliDnsMoveTest extends OneByOneContract {
    AliDnsMoveTest() {
        super(FakeZone.Vendor.ALIDNS);
    }

    /** N3: what is answered to some alone would stay, and be answered beside what is new. */
    @Test
    void a_record_that_only_some_are_answered_is_told_and_nothing_is_changed() {
        zone().record("www", "A", "127.0.9.9", 600, "telecom");
        String before = traces();

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("www.vidfab.test. A (telecom)");

        assertThat(traces()).isEqualTo(before);
    }
}
