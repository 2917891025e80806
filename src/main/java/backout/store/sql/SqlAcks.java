package backout.store.sql;

import backout.frontdesk.Acks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One row per test and person, for a day. */
record SqlAcks(Database database) implements Acks {
    private static final Duration KEPT = Duration.ofDays(1);

    @Override
    public void heard(String test, String person, Instant at) {
        database.write(session ->
                session.change("DELETE FROM ack WHERE at < ?", at.minus(KEPT).toString())
                        + session.change(
                                "INSERT INTO ack (test, person, at) VALUES (?, ?, ?)"
                                        + " ON CONFLICT DO NOTHING",
                                test,
                                person,
                                at.toString()));
    }

    @Override
    public List<Ack> of(String test) {
        return database.read(session ->
                session.rows(
                        "SELECT person, at FROM ack WHERE test = ? ORDER BY at",
                        row -> new Ack(row.getString(1), Instant.parse(row.getString(2))),
                        test));
    }
}
