package backout.store.sql;

import backout.chat.Place;
import backout.report.Posts;
import backout.run.RunId;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One row per message; an empty address is one that is not known yet. */
final class SqlPosts implements Posts {
    private final Database database;
    private final Map<String, Supplier<List<Post>>> lacking = new ConcurrentHashMap<>();

    SqlPosts(Database database) {
        this.database = database;
    }

    @Override
    public List<Post> open(String chat) {
        return database.read(session ->
                session.rows(
                        """
                        SELECT run, kind, chat, channel, address, shown, told, over FROM post
                        WHERE over = '' AND chat = ? ORDER BY n
                        """,
                        SqlPosts::post,
                        chat));
    }

    @Override
    public List<Post> lacking(String chat) {
        return lacking.computeIfAbsent(chat, this::readLacking).get();
    }

    private Supplier<List<Post>> readLacking(String chat) {
        return database.remembered(session ->
                session.rows(
                        """
                        SELECT run, kind, chat, channel, address, shown, told, over
                        FROM post JOIN run ON run.id = post.run
                        WHERE over = '' AND chat = ?
                          AND (address = '' OR run.finished = 1 OR min(shown, told) <
                               (SELECT max(seq) FROM event WHERE event.run = post.run))
                        ORDER BY post.n
                        """,
                        SqlPosts::post,
                        chat));
    }

    private static Post post(ResultSet row) throws SQLException {
        String address = row.getString(5);
        return new Post(
                new RunId(row.getString(1)),
                Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new Place(row.getString(3), row.getString(4)),
                address.isEmpty() ? Optional.empty() : Optional.of(address),
                row.getInt(6),
                row.getInt(7),
                row.getString(8));
    }

    @Override
    public boolean begin(Post post) {
        return database.write(session -> insert(session, post)) > 0;
    }

    private static int insert(Session session, Post post) throws SQLException {
        return session.change(
                """
                INSERT INTO post (run, kind, chat, channel, address, shown, told, over)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                post.run().text(),
                name(post.kind()),
                post.place().chat(),
                post.place().channel(),
                post.address().orElse(""),
                post.shown(),
                post.told(),
                post.over());
    }

    /**
     * Final messages of runs that were over before then. While a row of the outbox is left the
     * message is too: it keeps the row from posting it again.
     */
    static int forget(Session session, Instant before) throws SQLException {
        return session.change(
                "DELETE FROM post WHERE over <> '' AND NOT EXISTS"
                        + " (SELECT 1 FROM outbox WHERE outbox.run = post.run) AND run IN "
                        + SqlOutbox.OVER,
                before.toString());
    }

    /** The card of the run that holds the target's lock says so: it is to be edited once more. */
    static void showAnew(Session session, String target) throws SQLException {
        session.change(
                """
                UPDATE post SET over = '', shown = shown - 1
                WHERE kind IN ('card', 'renewed') AND over = 'done' AND run =
                    (SELECT json_extract(body, '$.run') FROM target_event
                     WHERE target = ? AND json_extract(body, '$.type') = 'locked'
                     ORDER BY n DESC LIMIT 1)
                """,
                target);
    }

    /** The cards of that run, also when it is over, show what was said of it since. */
    static void showRunAnew(Session session, String run) throws SQLException {
        session.change(
                """
                UPDATE post SET over = '', shown = shown - 1
                WHERE kind IN ('card', 'renewed') AND over IN ('', 'done') AND shown > 0
                    AND run = ?
                """,
                run);
    }

    /** The cards of open runs on it, or of all where it stands for the site. */
    static void showOpenAnew(Session session, String target) throws SQLException {
        session.change(
                """
                UPDATE post SET shown = shown - 1
                WHERE kind IN ('card', 'renewed') AND over = '' AND shown > 0 AND run IN
                    (SELECT run FROM run_target
                     WHERE open = 1 AND (target = ? OR ? = 'site/all'))
                """,
                target,
                target);
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void keep(Post post) {
        int changed =
                database.write(session ->
                        session.change(
                                """
                                UPDATE post SET address = ?, shown = ?, told = ?, over = ?
                                WHERE run = ? AND kind = ? AND chat = ? AND channel = ?
                                """,
                                post.address().orElse(""),
                                post.shown(),
                                post.told(),
                                post.over(),
                                post.run().text(),
                                name(post.kind()),
                                post.place().chat(),
                                post.place().channel()));
        if (changed == 0) {
            throw new IllegalArgumentException(post.key() + " was never begun");
        }
    }
}
