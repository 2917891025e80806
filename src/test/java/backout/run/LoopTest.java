package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

class LoopTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Semaphore rounds = new Semaphore(0);

    private Loop every(Duration first, Duration pause) {
        return Loop.every("test", first, pause, LONG, rounds::release);
    }

    @Test
    void it_comes_round_again_and_again_until_it_is_stopped() throws InterruptedException {
        Loop loop = Loop.every("test", Duration.ofNanos(1), LONG, rounds::release).start();
        rounds.acquire(3);
        assertThat(loop.isStopped()).isFalse();
        assertThat(loop.trouble()).isEmpty();

        loop.stop();

        assertThat(loop.join(SOON)).isTrue();
        assertThat(loop.isStopped()).isTrue();
        assertThat(loop.trouble()).contains("has ended");
    }

    @Test
    void a_stop_ends_a_long_pause_at_once() throws InterruptedException {
        Loop loop = every(Duration.ZERO, LONG).start();
        rounds.acquire();

        loop.stop();

        assertThat(loop.join(SOON)).isTrue();
        assertThat(rounds.availablePermits()).isZero();
    }

    @Test
    void it_may_wait_before_the_first_time() throws InterruptedException {
        Loop loop = every(LONG, LONG).start();

        loop.stop();

        assertThat(loop.join(SOON)).isTrue();
        assertThat(rounds.availablePermits()).isZero();
    }

    /** A site of some targets waits for none of them, and a thousand do not begin at once. */
    @Test
    void of_many_each_waits_for_its_turn() {
        assertThat(Loop.turn(0)).isZero();
        assertThat(Loop.turn(49)).isZero();
        assertThat(Loop.turn(50)).isPositive();
        assertThat(Loop.turn(1050)).isEqualTo(Loop.turn(50).multipliedBy(1001));
    }

    @Test
    void an_interrupt_ends_it_too() throws InterruptedException {
        Loop loop = every(Duration.ZERO, LONG).start();
        rounds.acquire();

        loop.interrupt();

        assertThat(loop.join(SOON)).isTrue();
    }

    @Test
    void one_that_was_never_begun_is_no_trouble_and_nobody_waits_for_it() {
        Loop loop = every(Duration.ZERO, LONG);

        assertThat(loop.trouble()).isEmpty();
        assertThat(Loop.haveEnded(List.of(loop), Duration.ofNanos(1))).isTrue();
    }
}
