package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A chat that takes nothing is left alone, longer each time. */
final class BackOffTest {
    private static final Duration NOT_SAID = Duration.ZERO;

    private final Instant now = Instant.EPOCH;
    private final BackOff backOff = new BackOff();

    private Stream<Long> seconds(int times) {
        return Stream.generate(() -> backOff.begin(NOT_SAID, now))
                .limit(times)
                .map(Duration::toSeconds);
    }

    @Test
    void there_is_none_before_a_chat_refuses() {
        assertThat(backOff.isOver(now)).isTrue();
    }

    @Test
    void it_doubles_from_one_second_up_to_half_a_minute() {
        assertThat(seconds(7)).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void it_is_over_when_its_time_is_and_not_before() {
        Instant end = now.plus(backOff.begin(NOT_SAID, now));
        assertThat(backOff.isOver(end.minusNanos(1))).isFalse();
        assertThat(backOff.isOver(end)).isTrue();
    }

    @Test
    void what_the_chat_says_counts_even_where_it_is_longer() {
        Duration wanted = Duration.ofMinutes(2);
        assertThat(backOff.begin(wanted, now)).isEqualTo(wanted);
        assertThat(backOff.isOver(now.plus(wanted).minusNanos(1))).isFalse();
        assertThat(backOff.isOver(now.plus(wanted))).isTrue();
    }

    @Test
    void after_something_was_taken_it_is_short_again() {
        assertThat(seconds(3)).last().isEqualTo(4L);
        backOff.forget();
        assertThat(seconds(1)).containsExactly(1L);
    }

    /** A chat that answered once may at once be busy again: the pause that runs is kept. */
    @Test
    void forgetting_does_not_end_the_pause_that_runs() {
        Duration wait = backOff.begin(NOT_SAID, now);
        backOff.forget();
        assertThat(backOff.isOver(now)).isFalse();
        assertThat(backOff.isOver(now.plus(wait))).isTrue();
    }
}
