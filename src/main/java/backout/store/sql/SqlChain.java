package backout.store.sql;

import backout.run.Head;
import backout.run.RunId;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The chain over everything that is written. It is taken and lengthened within one writing
 * transaction, so there is one order whoever writes, and who is killed leaves none of it.
 */
final class SqlChain {
    /** The last event of a run by the outbox, which never loses its last row; of a target. */
    private static final String LASTS =
            """
            SELECT event.number, event.hash
            FROM (SELECT run, seq FROM outbox ORDER BY id DESC LIMIT 1) AS last
            JOIN event ON event.run = last.run AND event.seq = last.seq
            UNION ALL
            SELECT * FROM (SELECT number, hash FROM target_event ORDER BY n DESC LIMIT 1)
            """;

    /** The same by looking at every event. */
    private static final String LAST_OF_ALL =
            """
            SELECT number, hash FROM (
                SELECT number, hash FROM event UNION ALL SELECT number, hash FROM target_event)
            WHERE number > 0 ORDER BY number DESC LIMIT 1
            """;

    private Head head;

    private SqlChain(Head head) {
        this.head = head;
    }

    /** As it is; belongs to this transaction alone. */
    static SqlChain of(Session session) throws SQLException {
        List<Optional<Head>> lasts = session.rows(LASTS, SqlChain::head);
        Optional<Head> last =
                lasts.stream().allMatch(Optional::isPresent)
                        ? lasts.stream().flatMap(Optional::stream).max(BY_NUMBER)
                        : session.first(LAST_OF_ALL, SqlChain::head).flatMap(head -> head);
        if (last.isPresent() && last.get().number() > 0) {
            return new SqlChain(last.get());
        }
        return new SqlChain(AuditLine.head(start(session).orElseThrow(SqlChain::headless)));
    }

    private static final Comparator<Head> BY_NUMBER = Comparator.comparingLong(Head::number);

    /** Empty for what an older Backout wrote beside the chain. */
    private static Optional<Head> head(ResultSet row) throws SQLException {
        String number = row.getString(1);
        return number == null
                ? Optional.empty()
                : Optional.of(new Head(row.getLong(1), String.valueOf(row.getString(2))));
    }

    private static IllegalStateException headless() {
        return new IllegalStateException("what the chain begins with is gone");
    }

    /** What it begins with. */
    static Optional<AuditStart> start(Session session) throws SQLException {
        return session.first("SELECT start FROM chain", row -> AuditStart.of(row.getString(1)));
    }

    /** The place of the event that is written next. */
    Head next(AuditLine line) {
        head = new Head(head.number() + 1, AuditLine.hash(line.sealed(head)));
        return head;
    }

    /** Of the run's last event; empty where it was written before the chain began. */
    static Optional<Head> sealed(Session session, RunId run) throws SQLException {
        return session.first(
                """
                SELECT number, hash FROM event
                WHERE run = ? AND number > 0 ORDER BY seq DESC LIMIT 1
                """,
                row -> new Head(row.getLong(1), row.getString(2)),
                run.text());
    }

    /** Begins it, after everything that is there; does nothing where it has begun. */
    static void begin(Session session, Instant now) throws SQLException {
        if (start(session).isEmpty()) {
            AuditStart start = BeforeChain.read(session, now, _ -> {});
            session.change("INSERT INTO chain (one, start) VALUES (1, ?)", start.text());
        }
    }
}
