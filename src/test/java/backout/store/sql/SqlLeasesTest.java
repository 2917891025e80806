package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.HandClock;
import backout.run.Lease;
import backout.run.Leases;
import backout.run.LeasesContract;
import backout.run.Observer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The SQLite leases, seen by two stores of one process; other processes are in OtherProcessTest.
 */
class SqlLeasesTest extends LeasesContract {
    @TempDir Path temp;
    private final Deque<SqlStore> stores = new ArrayDeque<>();

    private Leases open(InstantSource clock) {
        stores.add(SqlStore.open(temp, clock));
        return stores.getLast().leases();
    }

    @Override
    protected Leases first(InstantSource clock) {
        return open(clock);
    }

    @Override
    protected Leases second(InstantSource clock) {
        return open(clock);
    }

    @Override
    protected void killFirst() {
        stores.removeFirst().close();
    }

    @AfterEach
    void close() {
        stores.forEach(SqlStore::close);
    }

    @Test
    void a_closed_store_leaves_no_proof_of_life() throws Exception {
        var store = SqlStore.open(temp, new HandClock());
        assertThat(store.leases().take("k", Duration.ofMinutes(1))).isPresent();
        try (var files = Files.list(temp.resolve("holders"))) {
            assertThat(files).hasSize(1);
        }

        store.close();

        try (var files = Files.list(temp.resolve("holders"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_lease_that_was_lost_is_told() {
        var lost = new AtomicInteger();
        var observer =
                new Observer() {
                    @Override
                    public void leaseLost() {
                        lost.incrementAndGet();
                    }
                };
        stores.add(SqlStore.open(temp, new HandClock(), observer));
        Leases leases = stores.getLast().leases();
        Lease lease = leases.take("k", Duration.ofMinutes(1)).orElseThrow();
        assertThat(leases.isHeld(lease)).isTrue();
        assertThat(leases.renew(lease, Duration.ofMinutes(1))).isPresent();
        assertThat(lost).hasValue(0);

        leases.release(lease);

        assertThat(leases.isHeld(lease)).isFalse();
        assertThat(leases.renew(lease, Duration.ofMinutes(1))).isEmpty();
        assertThat(lost).hasValue(2);
    }

    @Test
    void who_takes_nothing_leaves_no_proof_of_life() {
        SqlStore.open(temp, new HandClock()).close();

        assertThat(temp.resolve("holders")).doesNotExist();
    }

    @Test
    void an_interrupted_thread_keeps_its_proof_of_life_and_its_interrupt() {
        var clock = new HandClock();
        var mine = open(clock);
        Thread.currentThread().interrupt();

        assertThat(mine.take("k", Duration.ofMinutes(1))).isPresent();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(open(clock).take("k", Duration.ofMinutes(1))).isEmpty();
        assertThat(mine.take("another", Duration.ofMinutes(1))).isPresent();
    }
}
