package backout.store.sql;

import backout.problem.Sha256;
import backout.run.Head;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An event as the audit writes it. The hash of a line is that of its own text, from {@code
 * "previous"} to the end, so that whoever has the line can check it without knowing what is in it.
 *
 * @param stream {@link #RUN} or {@link #TARGET}
 * @param name of the run, or the target
 * @param seq its number within the run, or among the events of all targets
 * @param body as it is stored
 */
record AuditLine(String stream, String name, long seq, String body) {
    static final String RUN = "run";
    static final String TARGET = "target";

    /** What the first line of a chain follows. */
    private static final String NOTHING = "0".repeat(64);

    private static final JsonMapper JSON = new JsonMapper();

    /** Of a row that begins with these four. */
    static AuditLine of(ResultSet row) throws SQLException {
        return new AuditLine(row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
    }

    /** Of what has no place in the chain. */
    String text() {
        return "{" + members();
    }

    private String members() {
        String quoted = JSON.writeValueAsString(name);
        return "\"" + stream + "\":" + quoted + ",\"seq\":" + seq + ",\"event\":" + body + "}";
    }

    /** The part of the line that its hash is made of. */
    String sealed(Head former) {
        long number = former.number() + 1;
        return "\"previous\":\"" + former.hash() + "\",\"n\":" + number + "," + members();
    }

    /** The same of the line that a chain begins with. */
    static String sealed(AuditStart start) {
        return "\"previous\":\"" + NOTHING + "\",\"n\":0,\"start\":" + start.text() + "}";
    }

    /** Where a chain stands that has only begun. */
    static Head head(AuditStart start) {
        return new Head(0, hash(sealed(start)));
    }

    static String hash(String sealed) {
        return Sha256.of(sealed);
    }

    static String text(String hash, String sealed) {
        return "{\"hash\":\"" + hash + "\"," + sealed;
    }
}
