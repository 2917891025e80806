package backout.store.sql;

import backout.run.Outbox;
import backout.run.RunId;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Rows in the order of their commits; per face the last row that was told. */
record SqlOutbox(Database database) implements Outbox {
    /** The runs that were over before a moment; its events tell it, their times sort as texts. */
    static final String OVER =
            """
            (SELECT run.id FROM run JOIN event ON event.run = run.id
             WHERE run.finished = 1 AND json_extract(event.body, '$.type') = 'finished'
             AND json_extract(event.body, '$.at') < ?)
            """;

    static void add(Session session, RunId run, int seq, String kind) throws SQLException {
        session.change(
                "INSERT INTO outbox (run, seq, kind) VALUES (?, ?, ?)", run.text(), seq, kind);
    }

    @Override
    public void join(String face) {
        database.write(session ->
                session.change(
                                """
                                INSERT INTO told (face, id)
                                SELECT ?, coalesce(max(id), 0) FROM outbox WHERE true
                                ON CONFLICT DO NOTHING
                                """,
                                face)
                        + session.change(
                                """
                                INSERT INTO told_of_targets (face, n)
                                SELECT ?, coalesce(max(n), 0) FROM target_event WHERE true
                                ON CONFLICT DO NOTHING
                                """,
                                face));
    }

    @Override
    public void leave(String face) {
        database.write(session ->
                session.change("DELETE FROM told WHERE face = ?", face)
                        + session.change("DELETE FROM told_of_targets WHERE face = ?", face));
    }

    @Override
    public List<String> faces() {
        return database.read(session ->
                session.rows("SELECT face FROM told ORDER BY face", row -> row.getString(1)));
    }

    @Override
    public List<Row> due(String face, int most) {
        return database.read(session ->
                session.rows(
                        """
                        SELECT id, run, seq, kind FROM outbox
                        WHERE id > coalesce((SELECT id FROM told WHERE face = ?), 0)
                        ORDER BY id LIMIT ?
                        """,
                        row ->
                                new Row(
                                        row.getLong(1),
                                        new RunId(row.getString(2)),
                                        row.getInt(3),
                                        row.getString(4)),
                        face,
                        most));
    }

    /** What every face has told of runs that were over before then. */
    static int forget(Session session, Instant before) throws SQLException {
        return session.change(
                "DELETE FROM outbox WHERE id < (SELECT min(id) FROM told) AND run IN " + OVER,
                before.toString());
    }

    @Override
    public void delivered(String face, long id) {
        database.write(session -> delivered(session, face, id));
    }

    private static int delivered(Session session, String face, long id) throws SQLException {
        if (session.first("SELECT 1 FROM outbox WHERE id = ?", row -> row.getInt(1), id)
                .isEmpty()) {
            throw new IllegalArgumentException("the outbox has no row " + id);
        }
        return session.change(
                """
                INSERT INTO told (face, id) VALUES (?, ?)
                ON CONFLICT (face) DO UPDATE SET id = max(id, excluded.id)
                """,
                face,
                id);
    }

    @Override
    public List<TargetRow> dueOfTargets(String face, int most) {
        return database.read(session -> SqlTargets.after(session, told(session, face), most));
    }

    private static long told(Session session, String face) throws SQLException {
        return session.first(
                        "SELECT n FROM told_of_targets WHERE face = ?", row -> row.getLong(1), face)
                .orElse(0L);
    }

    @Override
    public void deliveredOfTargets(String face, long id) {
        database.write(session ->
                session.change(
                        """
                        INSERT INTO told_of_targets (face, n) VALUES (?, ?)
                        ON CONFLICT (face) DO UPDATE SET n = max(n, excluded.n)
                        """,
                        face,
                        id));
    }
}
