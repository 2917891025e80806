package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.fixture.Await;
import backout.language.Phrase;
import backout.run.Outage.Before;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Every other look is told by the test; how long it really took is compared, never assumed. */
@Isolated("it measures time")
@Timeout(60)
class DowntimeWatchTest {
    private static final Subject HEALTH = new Subject.Http("GET", "http://h/", Optional.empty());
    private static final Reading YES = new Reading.Answered(200, "", false, Duration.ofMillis(1));
    private static final Reading ILL = new Reading.Answered(500, "", false, Duration.ofMillis(1));
    private static final Check WELL = Check.parse("GET http://h/ [STATUS] == 200", Set.of());
    private static final Reading NO = new Reading.NoAnswer(Phrase.of("connection refused"));

    private final AtomicInteger looks = new AtomicInteger();
    private volatile Reading next = YES;
    private volatile Duration answersAfter = Duration.ZERO;

    private Reading look(Subject subject, Duration within) {
        Duration wait = answersAfter;
        boolean inTime = wait.compareTo(within) < 0;
        long end = System.nanoTime() + (inTime ? wait : within).toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        looks.incrementAndGet();
        return inTime ? next : NO;
    }

    private void see(Reading reading, int times) {
        next = reading;
        int from = looks.get();
        Await.until("looked", () -> looks.get() > from + times);
    }

    private DowntimeWatch watch(Check... checks) {
        return new DowntimeWatch(this::look, HEALTH, List.of(checks));
    }

    private static Outage seen(DowntimeWatch watch) {
        return watch.seen().orElseThrow();
    }

    @Test
    void what_always_answers_was_never_silent_and_nothing_was_measured() {
        try (var watch = watch()) {
            see(YES, 5);
            assertThat(seen(watch))
                    .isEqualTo(new Outage(Before.WELL, Duration.ZERO, Duration.ZERO));
            assertThat(seen(watch).isMeasured()).isFalse();
            assertThat(seen(watch).says()).hasToString("it answered all the time");
        }
    }

    @Test
    void gaps_are_added_up() {
        try (var watch = watch()) {
            see(YES, 2);
            long before = System.nanoTime();
            see(NO, 10);
            long silence = System.nanoTime() - before;
            see(YES, 2);
            long all = System.nanoTime() - before;
            Duration silent = seen(watch).silent();
            assertThat(silent).isPositive().isLessThan(Duration.ofNanos(all).plusMillis(100));
            assertThat(silent).isGreaterThan(Duration.ofNanos(silence).dividedBy(2));
            assertThat(seen(watch).isMeasured()).isTrue();
        }
    }

    @Test
    void a_gap_that_is_still_open_counts() {
        try (var watch = watch()) {
            see(YES, 2);
            see(NO, 5);
            assertThat(seen(watch).silent()).isGreaterThan(Duration.ofMillis(60));
        }
    }

    @Test
    void what_did_not_answer_before_is_unknown_and_never_zero() {
        next = NO;
        try (var watch = watch()) {
            see(NO, 3);
            see(YES, 3);
            assertThat(seen(watch).before()).isEqualTo(Before.SILENT);
            assertThat(seen(watch).isMeasured()).isFalse();
            assertThat(seen(watch).says())
                    .hasToString(
                            "how long it did not answer is unknown: before the switch it did not"
                                    + " answer either");
        }
    }

    @Test
    void a_gap_after_the_first_answer_is_told_beside_what_is_unknown() {
        next = NO;
        try (var watch = watch()) {
            see(NO, 2);
            see(YES, 2);
            see(NO, 5);
            assertThat(seen(watch).silent()).isGreaterThan(Duration.ofMillis(60));
            assertThat(seen(watch).isMeasured()).isFalse();
            assertThat(seen(watch).says().toString())
                    .contains("unknown")
                    .contains("after its first answer it did not answer for");
        }
    }

    @Test
    void answers_that_are_not_what_the_checks_want_are_told_apart_from_silence() {
        try (var watch = watch(WELL)) {
            see(YES, 3);
            see(NO, 3);
            see(ILL, 10);
            Outage seen = seen(watch);
            assertThat(seen.before()).isEqualTo(Before.WELL);
            assertThat(seen.silent()).isGreaterThan(Duration.ofMillis(30));
            assertThat(seen.unwell()).isGreaterThan(Duration.ofMillis(100));
            assertThat(seen.says().toString())
                    .matches("it was unwell for .*, and gave no answer for .*");
        }
    }

    @Test
    void what_was_unwell_before_is_not_the_switchs_doing() {
        next = ILL;
        try (var watch = watch(WELL)) {
            see(ILL, 10);
            see(NO, 5);
            see(YES, 3);
            Outage seen = seen(watch);
            assertThat(seen.before()).isEqualTo(Before.UNWELL);
            assertThat(seen.unwell()).isZero();
            assertThat(seen.isMeasured()).isTrue();
            assertThat(seen.says().toString())
                    .matches("it did not answer for .*; before the switch it was unwell");
        }
    }

    @Test
    void what_answers_slowly_is_not_silent() {
        answersAfter = Duration.ofMillis(700);
        try (var watch = watch()) {
            see(YES, 1);
            assertThat(seen(watch))
                    .isEqualTo(new Outage(Before.WELL, Duration.ZERO, Duration.ZERO));
        }
    }

    @Test
    void what_becomes_slow_is_waited_for_longer() {
        try (var watch = watch()) {
            see(YES, 2);
            answersAfter = Duration.ofMillis(800);
            see(YES, 2);
            see(YES, 1);
            assertThat(seen(watch).says().toString()).startsWith("it did not answer for");
            Duration once = seen(watch).silent();
            see(YES, 1);
            assertThat(seen(watch).silent()).isEqualTo(once);
        }
    }

    @Test
    void a_first_look_that_the_switch_broke_off_says_nothing_of_before() {
        answersAfter = Duration.ofMillis(700);
        next = NO;
        try (var watch = watch()) {
            see(NO, 0);
            assertThat(watch.seen()).isEmpty();
            answersAfter = Duration.ZERO;
            see(YES, 2);
            assertThat(watch.seen()).isEmpty();
        }
    }

    @Test
    void after_the_end_nothing_is_asked() {
        var watch = watch();
        see(YES, 2);
        watch.close();
        Await.until(
                "quiet",
                () -> {
                    int now = looks.get();
                    LockSupport.parkNanos(200_000_000);
                    return looks.get() == now;
                });
    }
}
