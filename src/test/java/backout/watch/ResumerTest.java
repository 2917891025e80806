package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Outcome;
import backout.run.Parked;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class ResumerTest {
    private static final RunId ONE = new RunId("7F3KQ");
    private static final RunId TWO = new RunId("8G4MR");
    private static final Parked OVER =
            new Parked.Over(new Outcome(Outcome.Result.PROVEN, Phrase.of("done"), Phrase.NONE));

    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();
    private final MemoryJournal journal =
            new MemoryJournal(leases, _ -> {}) {
                @Override
                public synchronized List<RunEvent> read(RunId run) {
                    reads.incrementAndGet();
                    return super.read(run);
                }

                @Override
                public synchronized Changes since(long mark) {
                    changes.incrementAndGet();
                    return super.since(mark);
                }
            };
    private final BlockingQueue<RunId> driven = new LinkedBlockingQueue<>();
    private final Semaphore mayGoOn = new Semaphore(0);
    private final AtomicInteger together = new AtomicInteger();
    private final AtomicInteger mostTogether = new AtomicInteger();
    private volatile Parked next = OVER;
    private volatile boolean over;
    private final Resumer resumer =
            new Resumer(journal, this::drive, _ -> {}, new Leader(leases), clock);

    private Parked drive(RunId id) {
        mostTogether.accumulateAndGet(together.incrementAndGet(), Math::max);
        driven.add(id);
        if (!over) {
            mayGoOn.acquireUninterruptibly();
        }
        together.decrementAndGet();
        return next;
    }

    private void begin(RunId id, String target) {
        journal.begin(
                new RunEvent.Requested(
                        clock.instant(),
                        id,
                        "delivery of " + id,
                        "li",
                        new TargetName("sim", target),
                        "sim",
                        "sim",
                        "",
                        Map.of(),
                        ""));
    }

    private RunId driven() throws InterruptedException {
        RunId id = driven.poll(60, TimeUnit.SECONDS);
        assertThat(id).as("driven within 20 s").isNotNull();
        return java.util.Objects.requireNonNull(id);
    }

    /** What is driven again and again until it is stopped waits for nothing any more. */
    @AfterEach
    void end() {
        over = true;
        mayGoOn.release(100);
        assertThat(resumer.stop(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void every_open_run_is_driven_in_a_thread_of_its_own() throws Exception {
        begin(ONE, "one");
        begin(TWO, "two");
        resumer.resume();
        assertThat(List.of(driven(), driven())).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(mostTogether.get()).isEqualTo(2);
    }

    @Test
    void the_same_run_is_never_driven_twice_at_a_time() throws Exception {
        begin(ONE, "one");
        for (int i = 0; i < 50; i++) {
            resumer.resume();
            resumer.drive(ONE);
        }
        assertThat(driven()).isEqualTo(ONE);
        mayGoOn.release();
        assertThat(resumer.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(driven).isEmpty();
        assertThat(mostTogether.get()).isEqualTo(1);
    }

    /** Each that waits was read four times a second. */
    @Test
    void runs_that_wait_are_not_read_until_one_of_them_changed() throws Exception {
        next = new Parked.Until(clock.instant().plusSeconds(3600), 1);
        begin(ONE, "one");
        begin(TWO, "two");
        resumer.resume();
        driven();
        driven();
        mayGoOn.release(2);
        Await.until("both wait", () -> reads.get() >= 2);
        Await.until("nothing is read while nothing changes", this::isAskedWithoutReading);
        journal.append(
                ONE,
                1,
                List.of(new RunEvent.Cancelled(clock.instant(), "li", "")),
                List.of(),
                null);
        assertThat(driven()).isEqualTo(ONE);
    }

    private boolean isAskedWithoutReading() {
        int before = reads.get();
        int looks = changes.get();
        Await.until("what changed was asked", () -> changes.get() > looks + 8);
        return reads.get() == before;
    }

    @Test
    void whose_time_has_come_is_driven_again() throws Exception {
        next = new Parked.Until(clock.instant().plusSeconds(3600), 1);
        begin(ONE, "one");
        resumer.resume();
        driven();
        mayGoOn.release();
        clock.pass(Duration.ofSeconds(3601));
        assertThat(driven()).isEqualTo(ONE);
    }

    @Test
    void somebody_who_speaks_is_heard_before_the_time_has_come() throws Exception {
        begin(ONE, "one");
        next = new Parked.Until(clock.instant().plusSeconds(3600), 1);
        resumer.resume();
        driven();
        mayGoOn.release();
        journal.append(
                ONE,
                1,
                List.of(new RunEvent.Cancelled(clock.instant(), "li", "")),
                List.of(),
                null);
        next = OVER;
        mayGoOn.release();
        assertThat(resumer.halted(ONE)).isEmpty();
    }

    @Test
    void somebody_who_speaks_while_the_run_is_being_parked_is_heard() throws Exception {
        begin(ONE, "one");
        next = new Parked.Until(clock.instant().plusSeconds(3600), 1);
        resumer.resume();
        driven();
        journal.append(
                ONE,
                1,
                List.of(new RunEvent.Cancelled(clock.instant(), "li", "")),
                List.of(),
                null);
        mayGoOn.release();
        assertThat(driven()).isEqualTo(ONE);
        next = OVER;
        mayGoOn.release();
    }

    @Test
    void when_its_time_has_come_a_run_is_driven_again() throws Exception {
        begin(ONE, "one");
        next = new Parked.Until(clock.instant().plusSeconds(3600), 1);
        resumer.resume();
        driven();
        mayGoOn.release();
        clock.pass(Duration.ofHours(1));
        assertThat(driven()).isEqualTo(ONE);
        next = OVER;
    }

    @Test
    void a_run_that_must_not_go_on_says_why_and_is_tried_again_later() throws Exception {
        begin(ONE, "one");
        next = new Parked.Halted(Phrase.of("a newer Backout wrote it"));
        mayGoOn.release();
        resumer.resume();
        driven();
        await(() -> resumer.halted(ONE).isPresent());
        assertThat(resumer.halted(ONE)).contains(Phrase.of("a newer Backout wrote it"));
        next = OVER;
        mayGoOn.release();
        await(() -> {
            resumer.resume();
            return resumer.halted(ONE).isEmpty();
        });
    }

    @Test
    void what_fails_is_told_and_hurts_no_other_run() throws Exception {
        begin(ONE, "one");
        begin(TWO, "two");
        var failing =
                new Resumer(
                        journal,
                        id -> {
                            if (id.equals(ONE)) {
                                throw Problem.stop(
                                        Phrase.of("the disk is full"), Phrase.of("free"));
                            }
                            driven.add(id);
                            return OVER;
                        },
                        _ -> {},
                        new Leader(leases),
                        clock);
        failing.resume();
        assertThat(driven()).isEqualTo(TWO);
        await(() -> failing.halted(ONE).isPresent());
        assertThat(failing.halted(ONE)).map(Phrase::toString).contains("the disk is full. free");
        assertThat(failing.stop(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void while_a_process_serves_it_alone_drives() throws Exception {
        var theirs = leases.another();
        var elsewhere = new LinkedBlockingQueue<RunId>();
        var leader = new Leader(theirs);
        leader.serve();
        begin(ONE, "one");
        resumer.start();
        resumer.drive(ONE);
        await(resumer::hasResumed);
        assertThat(resumer.isElsewhere()).isTrue();
        assertThat(resumer.stop(Duration.ofSeconds(60))).isTrue();
        assertThat(driven).isEmpty();

        var alone =
                new Resumer(
                        journal, id -> drove(elsewhere, id), _ -> {}, new Leader(leases), clock);
        theirs.die();
        alone.resume();
        assertThat(elsewhere.poll(60, TimeUnit.SECONDS)).isEqualTo(ONE);
        assertThat(alone.stop(Duration.ofSeconds(60))).isTrue();
    }

    private static Parked drove(BlockingQueue<RunId> driven, RunId id) {
        driven.add(id);
        return OVER;
    }

    @Test
    void one_that_died_while_it_served_is_followed_by_whoever_waited() throws Exception {
        var theirs = leases.another();
        new Leader(theirs).serve();
        begin(ONE, "one");
        mayGoOn.release();
        resumer.drive(ONE);
        theirs.die();
        Await.until(
                "it is tried again",
                () -> {
                    clock.pass(Duration.ofSeconds(5));
                    return !driven.isEmpty();
                });
        assertThat(driven()).isEqualTo(ONE);
    }

    @Test
    void one_that_leaves_is_followed_and_one_that_remains_is_not() {
        var leader = new Leader(leases.another());
        leader.serve();
        clock.pass(Duration.ofMinutes(2));
        leader.remain();
        clock.pass(Duration.ofMinutes(2));
        assertThat(resumer.isElsewhere()).isTrue();
        leader.leave();
        assertThat(resumer.isElsewhere()).isFalse();
    }

    @Test
    void the_one_that_serves_takes_up_what_another_process_began() throws Exception {
        mayGoOn.release(2);
        resumer.serve();
        await(resumer::hasResumed);
        begin(ONE, "one");
        assertThat(driven()).isEqualTo(ONE);
    }

    @Test
    void after_a_stop_nothing_is_begun() {
        begin(ONE, "one");
        assertThat(resumer.stop(Duration.ofSeconds(60))).isTrue();
        resumer.resume();
        assertThat(driven).isEmpty();
    }

    @Test
    void a_stop_says_when_something_is_still_at_work() throws Exception {
        begin(ONE, "one");
        resumer.resume();
        driven();
        assertThat(resumer.stop(Duration.ofMillis(20))).isFalse();
    }

    private static void await(java.util.function.BooleanSupplier holds) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
