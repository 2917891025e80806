package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Reading;
import backout.check.Subject;
import backout.fixture.Await;
import backout.language.Phrase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Every other look is told by the test; how long it really took is compared, never assumed. */
@Isolated("it measures time")
@Timeout(60)
class WatchTest {
    private static final Subject HEALTH = new Subject.Http("GET", "http://h/", Optional.empty());
    private static final Reading YES =
            new Reading.Answered(200, "", false, Duration.ofMillis(1), Map.of());
    private static final Reading NO = new Reading.NoAnswer(Phrase.of("connection refused"));

    private final AtomicInteger looks = new AtomicInteger();
    private volatile Reading next = YES;

    private Reading look(Subject subject, Duration within) {
        looks.incrementAndGet();
        return next;
    }

    private void see(Reading reading, int times) {
        next = reading;
        int from = looks.get();
        Await.until("looked", Duration.ofSeconds(60), () -> looks.get() > from + times);
    }

    @Test
    void what_always_answers_was_never_silent() {
        try (var watch = new Watch(this::look, HEALTH)) {
            see(YES, 5);
            assertThat(watch.stop()).contains(Duration.ZERO);
        }
    }

    @Test
    void gaps_are_added_up() {
        try (var watch = new Watch(this::look, HEALTH)) {
            see(YES, 2);
            long before = System.nanoTime();
            see(NO, 10);
            long silence = System.nanoTime() - before;
            see(YES, 2);
            long all = System.nanoTime() - before;
            Duration seen = watch.stop().orElseThrow();
            assertThat(seen).isPositive().isLessThan(Duration.ofNanos(all).plusMillis(100));
            assertThat(seen).isGreaterThan(Duration.ofNanos(silence).dividedBy(2));
        }
    }

    @Test
    void a_gap_that_is_still_open_counts() {
        try (var watch = new Watch(this::look, HEALTH)) {
            see(YES, 2);
            see(NO, 5);
            assertThat(watch.stop().orElseThrow()).isGreaterThan(Duration.ofMillis(60));
        }
    }

    @Test
    void the_silence_of_what_never_answered_is_not_ours() {
        next = NO;
        try (var watch = new Watch(this::look, HEALTH)) {
            see(NO, 3);
            assertThat(watch.stop()).isEmpty();
        }
    }

    @Test
    void after_the_end_nothing_is_asked() {
        var watch = new Watch(this::look, HEALTH);
        see(YES, 2);
        watch.close();
        Await.until(
                "quiet",
                Duration.ofSeconds(60),
                () -> {
                    int now = looks.get();
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                    return looks.get() == now;
                });
    }
}
