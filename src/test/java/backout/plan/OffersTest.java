package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is said where nothing can be chosen. */
final class OffersTest {
    private static final Target WEB =
            new Target(
                    TargetName.of("compose/web"),
                    "local",
                    "prod",
                    Duration.ZERO,
                    Duration.ZERO,
                    List.of(),
                    new Settings(Map.of()));
    private static final TargetEvent SEEN =
            new TargetEvent.Seen(Instant.EPOCH, "sha256:b", "web:1.1.0", "1.1.0", "1.1.0");

    private static String said(TargetEvent... events) {
        return new Offers(WEB, Ledger.of(List.of(events)), "sha256:b", Map.of())
                .pick()
                .problem()
                .toString();
    }

    @Test
    void where_what_runs_is_good_it_is_another_release_that_is_missing() {
        assertThat(said(SEEN)).contains("no release of it is proven good yet");
        assertThat(said(SEEN, new TargetEvent.FoundGood(Instant.EPOCH, "sha256:b", "1.1.0")))
                .contains("no other release than the running 1.1.0 is known to be good");
    }
}
