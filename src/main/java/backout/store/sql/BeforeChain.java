package backout.store.sql;

import backout.problem.Sha256;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Everything that was written before the chain began, in one order: runs as they were begun, then
 * targets.
 *
 * @param lastRun the number of the last run that was there then
 * @param lastOfTargets of the last event of a target
 */
record BeforeChain(long lastRun, long lastOfTargets) {
    private static final String OF_RUNS =
            """
            SELECT event.run, event.seq, event.body,
                run.n IS NULL OR run.n > ? OR EXISTS (
                    SELECT 1 FROM event AS former
                    WHERE former.run = event.run AND former.seq < event.seq
                      AND former.number IS NOT NULL)
            FROM event LEFT JOIN run ON run.id = event.run
            WHERE event.number IS NULL
            ORDER BY run.n, event.run, event.seq
            """;
    private static final String OF_TARGETS =
            "SELECT target, n, body, n > ? FROM target_event WHERE number IS NULL ORDER BY n";

    /** Is given each event that has no place in the chain. */
    interface Unchained {
        /**
         * @param late whether it was not there before the chain began
         */
        void event(AuditLine line, boolean late);
    }

    /** What a chain begins with, by what is there now. */
    AuditStart read(Session session, Instant at, Unchained each) throws SQLException {
        var digest = Sha256.digest();
        var counts = new long[2];
        session.each(
                OF_RUNS,
                row -> counts[0] += take(AuditLine.RUN, row, each, digest::update),
                lastRun);
        session.each(
                OF_TARGETS,
                row -> counts[1] += take(AuditLine.TARGET, row, each, digest::update),
                lastOfTargets);
        return new AuditStart(at, counts[0], counts[1], lastRun, lastOfTargets, Sha256.hex(digest));
    }

    private interface Bytes {
        void take(byte[] bytes);
    }

    private static int take(String stream, ResultSet row, Unchained each, Bytes digest)
            throws SQLException {
        var line = new AuditLine(stream, row.getString(1), row.getLong(2), row.getString(3));
        boolean late = row.getBoolean(4);
        each.event(line, late);
        if (late) {
            return 0;
        }
        digest.take((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        return 1;
    }
}
