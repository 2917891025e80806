package backout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.operations.Lookout.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

final class LookoutTest {
    private static State state(Lookout lookout) {
        return lookout.rows().getFirst().state();
    }

    @Test
    void what_is_not_known_yet_is_looked_at_again_soon_and_then_now_and_then() {
        var looks = new AtomicInteger();
        try (var lookout = new Lookout(System::nanoTime)) {
            lookout.watch(
                    "way back",
                    Duration.ofHours(1),
                    () -> {
                        if (looks.incrementAndGet() < 3) {
                            throw new Lookout.NotYet("not looked at yet");
                        }
                        return "would go back to 1.0";
                    });

            Await.until("it is ready", () -> state(lookout) == State.READY);

            assertThat(looks).hasValue(3);
        }
    }
}
