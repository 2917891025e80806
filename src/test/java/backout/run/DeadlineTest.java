package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Until when something may go on, by a clock that a test moves. */
class DeadlineTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** A monotonic clock may start anywhere, below zero too. */
    private final AtomicLong nanos = new AtomicLong(-5);

    private Deadline in(Duration time) {
        return Deadline.in(time, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void what_is_left_grows_less_until_nothing_is_left() {
        var deadline = in(MINUTE);
        assertThat(deadline.left()).isEqualTo(MINUTE);
        pass(Duration.ofSeconds(59));
        assertThat(deadline.left()).isEqualTo(Duration.ofSeconds(1));
        assertThat(deadline.passed()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(deadline.passed()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(deadline.left()).isEqualTo(Duration.ZERO);
        assertThat(deadline.passed()).isTrue();
    }

    @Test
    void whoever_has_it_sees_that_it_was_moved() {
        var deadline = in(MINUTE);
        var part = deadline.atMost(MINUTE);
        pass(Duration.ofSeconds(50));
        deadline.extend(MINUTE);
        assertThat(deadline.left()).isEqualTo(MINUTE);
        assertThat(part.left()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_part_never_has_more_time_than_the_whole() {
        var whole = in(MINUTE);
        pass(Duration.ofSeconds(20));
        assertThat(whole.atMost(Duration.ofSeconds(30)).left()).isEqualTo(Duration.ofSeconds(30));
        assertThat(whole.atMost(MINUTE).left()).isEqualTo(Duration.ofSeconds(40));
        pass(MINUTE);
        assertThat(whole.atMost(MINUTE).passed()).isTrue();
    }
}
