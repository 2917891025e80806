package backout.store.sql;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The version of the tables: how many of the numbered scripts were run on the file. A script that
 * was released is never edited; a change is a new one.
 */
record Schema(Path file) {
    static final List<String> SCRIPTS =
            List.of(
                    "001-runs.sql",
                    "002-posts.sql",
                    "003-conditions.sql",
                    "004-targets-of-runs.sql",
                    "005-told-of-targets.sql",
                    "006-acks.sql",
                    "007-renewed.sql",
                    "008-told-from-the-first.sql",
                    "013-chain.sql");

    /**
     * @param now when the chain begins, where it does
     * @throws ProblemException when a newer Backout wrote the file; it is left as it is
     */
    void bringUpToDate(Session session, Instant now) throws SQLException {
        if (version(session) != SCRIPTS.size()) {
            Database.inTransaction(session, one -> runMissing(one, now));
        }
    }

    /** Asked again inside the transaction: another process may have been first. */
    private int runMissing(Session session, Instant now) throws SQLException {
        int there = version(session);
        if (there > SCRIPTS.size()) {
            throw newer(there);
        }
        for (String script : SCRIPTS.subList(there, SCRIPTS.size())) {
            session.script(text(script));
        }
        SqlChain.begin(session, now);
        session.run("PRAGMA user_version = " + SCRIPTS.size());
        return SCRIPTS.size();
    }

    static int version(Session session) throws SQLException {
        return session.first("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
    }

    ProblemException newer(int there) {
        return Problem.stop(
                Phrase.of(
                        "a newer Backout wrote this journal (tables {0}, this one knows"
                                + " {1}), it was left as it is",
                        there, SCRIPTS.size()),
                file.toString(),
                Phrase.of(
                        "start that newer Backout again; to stay with this one, stop every"
                                + " Backout and put back the copy of the state folder from"
                                + " before the upgrade"));
    }

    private static String text(String script) {
        try (var in = Schema.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException(script + " is missing in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
