package backout.store.sql;

import backout.run.Head;
import backout.run.RunId;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The chain over everything that is written. It is taken, lengthened and kept within one writing
 * transaction, so there is one order whoever writes, and who is killed leaves none of it.
 */
final class SqlChain {
    private final Session session;
    private Head head;

    private SqlChain(Session session, Head head) {
        this.session = session;
        this.head = head;
    }

    /** As it is; belongs to this transaction alone. */
    static SqlChain of(Session session) throws SQLException {
        Head head =
                session.first(
                                "SELECT number, hash FROM chain",
                                row -> new Head(row.getLong(1), row.getString(2)))
                        .orElseThrow(() -> new IllegalStateException("the chain has no row"));
        return new SqlChain(session, head);
    }

    /** The place of the event that is written next. */
    Head next(AuditLine line) {
        head = new Head(head.number() + 1, AuditLine.hash(line.sealed(head)));
        return head;
    }

    /** Called once, after the last event. */
    void keep() throws SQLException {
        session.change("UPDATE chain SET number = ?, hash = ?", head.number(), head.hash());
    }

    /** Of the run's last event; empty where it was written before the chain began. */
    static Optional<Head> sealed(Session session, RunId run) throws SQLException {
        return session.first(
                """
                SELECT number, hash FROM event
                WHERE run = ? AND number IS NOT NULL ORDER BY seq DESC LIMIT 1
                """,
                row -> new Head(row.getLong(1), row.getString(2)),
                run.text());
    }

    /** Begins it, after everything that is there; does nothing where it has begun. */
    static void begin(Session session, Instant now) throws SQLException {
        if (session.first("SELECT 1 FROM chain", row -> row.getInt(1)).isPresent()) {
            return;
        }
        var lasts = new BeforeChain(last(session, "run"), last(session, "target_event"));
        AuditStart start = lasts.read(session, now, (_, _) -> {});
        session.change(
                "INSERT INTO chain (one, start, number, hash) VALUES (1, ?, 0, ?)",
                start.text(),
                AuditLine.hash(AuditLine.sealed(start)));
    }

    private static long last(Session session, String table) throws SQLException {
        return session.first("SELECT coalesce(max(n), 0) FROM " + table, row -> row.getLong(1))
                .orElse(0L);
    }
}
