package backout.store.sql;

import backout.problem.Sha256;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Everything that was written before the chain began, in one order: runs as they were begun, then
 * targets.
 */
final class BeforeChain {
    private static final String OF_RUNS =
            """
            SELECT 'run', event.run, event.seq, event.body
            FROM event LEFT JOIN run ON run.id = event.run
            WHERE event.number = 0 ORDER BY run.n, event.run, event.seq
            """;
    private static final String OF_TARGETS =
            "SELECT 'target', target, n, body FROM target_event WHERE number = 0 ORDER BY n";

    private final MessageDigest digest = Sha256.digest();
    private final Consumer<AuditLine> each;
    private long count;

    private BeforeChain(Consumer<AuditLine> each) {
        this.each = each;
    }

    /** What a chain begins with, by what is there now. */
    static AuditStart read(Session session, Instant at, Consumer<AuditLine> each)
            throws SQLException {
        var before = new BeforeChain(each);
        session.each(OF_RUNS, before::take);
        long ofRuns = before.count;
        session.each(OF_TARGETS, before::take);
        return new AuditStart(at, ofRuns, before.count - ofRuns, Sha256.hex(before.digest));
    }

    private void take(ResultSet row) throws SQLException {
        AuditLine line = AuditLine.of(row);
        digest.update((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
        count++;
        each.accept(line);
    }
}
