package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Lease;
import backout.run.Leases;
import backout.run.Observer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One row per key; the row outlives the lease, so that its token only rises. */
final class SqlLeases implements Leases, AutoCloseable {
    private final Database database;
    private final Path holders;
    private final InstantSource clock;
    private final Observer observer;
    private @Nullable Holder me;

    SqlLeases(Database database, Path holders, InstantSource clock, Observer observer) {
        this.database = database;
        this.holders = holders;
        this.clock = clock;
        this.observer = observer;
    }

    @Override
    public Optional<Lease> take(String key, Duration time) {
        return database.write(session -> take(session, key, time));
    }

    private Optional<Lease> take(Session session, String key, Duration time) throws SQLException {
        var old = find(session, key);
        if (old.isPresent() && isTaken(old.get())) {
            return Optional.empty();
        }
        var lease = new Lease(key, me(), old.map(Lease::token).orElse(0L) + 1, fromNow(time));
        session.change(
                """
                INSERT INTO lease (key, holder, token, until) VALUES (?, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE
                SET holder = excluded.holder, token = excluded.token, until = excluded.until
                """,
                key,
                lease.holder(),
                lease.token(),
                lease.until().toEpochMilli());
        return Optional.of(lease);
    }

    private static Optional<Lease> find(Session session, String key) throws SQLException {
        return session.first(
                "SELECT holder, token, until FROM lease WHERE key = ?",
                row ->
                        new Lease(
                                key,
                                row.getString(1),
                                row.getLong(2),
                                Instant.ofEpochMilli(row.getLong(3))),
                key);
    }

    /** Whether it is still the one that counts: not given back, and taken by nobody else since. */
    static boolean isCurrent(Session session, Lease lease) throws SQLException {
        return find(session, lease.key())
                .filter(there -> there.holder().equals(lease.holder()))
                .filter(there -> there.token() == lease.token())
                .isPresent();
    }

    private boolean isTaken(Lease lease) {
        try {
            return !lease.holder().isEmpty()
                    && clock.instant().isBefore(lease.until())
                    && !Holder.isDead(holders, lease.holder());
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Only who takes a lease leaves a proof of life; reading commands write nothing. */
    private synchronized String me() {
        try {
            if (me == null) {
                me = Holder.begin(holders);
            }
            return me.id();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private ProblemException unusable(IOException cause) {
        var problem =
                Problem.stop(
                        Phrase.of(
                                "the folder that tells which processes live cannot be used:"
                                        + " {0}",
                                Cause.of(cause)),
                        holders.toString(),
                        Phrase.of("give this user the folder to write to: ls -la {0}", holders));
        problem.initCause(cause);
        return problem;
    }

    private Instant fromNow(Duration time) {
        return clock.instant().plus(time).truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Optional<Lease> renew(Lease lease, Duration time) {
        var renewed = new Lease(lease.key(), lease.holder(), lease.token(), fromNow(time));
        int rows =
                database.write(session ->
                        session.change(
                                """
                                UPDATE lease SET until = ?
                                WHERE key = ? AND holder = ? AND token = ?
                                """,
                                renewed.until().toEpochMilli(),
                                lease.key(),
                                lease.holder(),
                                lease.token()));
        return counts(rows == 1) ? Optional.of(renewed) : Optional.empty();
    }

    @Override
    public boolean isHeld(Lease lease) {
        return counts(database.read(session -> isCurrent(session, lease)));
    }

    private boolean counts(boolean held) {
        if (!held) {
            observer.leaseLost();
        }
        return held;
    }

    @Override
    public boolean isTaken(String key) {
        return database.read(session -> find(session, key)).filter(this::isTaken).isPresent();
    }

    @Override
    public void release(Lease lease) {
        database.write(session ->
                session.change(
                        """
                        UPDATE lease SET holder = '', until = 0
                        WHERE key = ? AND holder = ? AND token = ?
                        """,
                        lease.key(),
                        lease.holder(),
                        lease.token()));
    }

    @Override
    public synchronized void close() {
        try (var _ = me) {
            me = null;
        } catch (IOException e) {
            throw unusable(e);
        }
    }
}
