package backout.store.sql;

import backout.run.RunEvent;
import backout.run.RunId;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The events of runs. What was written never changes, so that it is read once. */
final class RunReads {
    /** Those of a thousand runs that wait, or of hundreds that are over: some 20 MB. */
    private static final int EVENTS_KNOWN = 20_000;

    private final Database database;
    private final Cache<RunId, List<RunEvent>> known =
            Caffeine.newBuilder()
                    .maximumWeight(EVENTS_KNOWN)
                    .weigher((RunId _, List<RunEvent> events) -> events.size())
                    .build();

    RunReads(Database database) {
        this.database = database;
    }

    /** As they are now, whoever wrote them. */
    List<RunEvent> read(RunId run) {
        List<RunEvent> before = Objects.requireNonNullElse(known.getIfPresent(run), List.of());
        List<RunEvent> since = database.read(session -> events(session, run, before.size()));
        if (since.isEmpty()) {
            return before;
        }
        List<RunEvent> all = Stream.concat(before.stream(), since.stream()).toList();
        known.put(run, all);
        return all;
    }

    /** Those behind the first so many. */
    static List<RunEvent> events(Session session, RunId run, int after) throws SQLException {
        return session.rows(
                "SELECT body FROM event WHERE run = ? AND seq > ? ORDER BY seq",
                row -> StoredEvents.RUN.read(row.getString(1), RunEvent.Unreadable::new),
                run.text(),
                after);
    }
}
