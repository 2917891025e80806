package backout.store.sql;

import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Condition;
import backout.run.Head;
import backout.run.Journal;
import backout.run.Lease;
import backout.run.Observer;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Each method is one transaction. */
final class SqlJournal implements Journal {
    private final Database database;
    private final InstantSource clock;
    private final Observer observer;
    private final RunReads runs;
    private final Supplier<List<RunId>> open;

    SqlJournal(Database database, InstantSource clock, Observer observer) {
        this.database = database;
        this.clock = clock;
        this.observer = observer;
        this.runs = new RunReads(database);
        this.open =
                database.remembered(session ->
                        session.rows(
                                "SELECT id FROM run WHERE finished = 0 ORDER BY n",
                                row -> new RunId(row.getString(1))));
    }

    @Override
    public Begun begin(RunEvent.Requested requested) {
        Begun begun = written(session -> begin(session, requested));
        if (begun instanceof Begun.New(RunId run)) {
            observer.journalled(run, List.of(requested));
        }
        return begun;
    }

    /** Tells how long it took; what was only overtaken counts as written. */
    private <T> T written(Database.Work<T> work) {
        Instant began = clock.instant();
        boolean written = false;
        try {
            T result = database.write(work);
            written = true;
            return result;
        } catch (Overtaken overtaken) {
            written = true;
            throw overtaken;
        } finally {
            observer.appended(Duration.between(began, clock.instant()), written);
        }
    }

    private static Begun begin(Session session, RunEvent.Requested requested) throws SQLException {
        String target = requested.target().toString();
        var same = run(session, "delivery = ?", requested.delivery());
        if (same.isPresent()) {
            return new Begun.Same(same.get());
        }
        for (TargetName held : requested.targets()) {
            var by = holder(session, held);
            if (by.isPresent()) {
                return new Begun.Held(by.get());
            }
        }
        if (run(session, "id = ?", requested.run().text()).isPresent()) {
            throw new Overtaken("there is a run " + requested.run() + " already");
        }
        session.change(
                "INSERT INTO run (id, delivery, target) VALUES (?, ?, ?)",
                requested.run().text(),
                requested.delivery(),
                target);
        for (TargetName held : requested.targets()) {
            session.change(
                    "INSERT INTO run_target (run, target) VALUES (?, ?)",
                    requested.run().text(),
                    held.toString());
        }
        write(session, SqlChain.of(session), requested.run(), 0, List.of(requested));
        return new Begun.New(requested.run());
    }

    private static Optional<RunId> holder(Session session, TargetName target) throws SQLException {
        return session.first(
                "SELECT run FROM run_target WHERE target = ? AND open = 1",
                row -> new RunId(row.getString(1)),
                target.toString());
    }

    private static Optional<RunId> run(Session session, String where, String value)
            throws SQLException {
        return session.first(
                "SELECT id FROM run WHERE " + where, row -> new RunId(row.getString(1)), value);
    }

    private static void write(
            Session session, SqlChain chain, RunId run, int there, List<RunEvent> events)
            throws SQLException {
        int seq = there;
        for (RunEvent event : events) {
            seq++;
            String body = StoredEvents.RUN.write(event);
            Head head = chain.next(new AuditLine(AuditLine.RUN, run.text(), seq, body));
            session.change(
                    "INSERT INTO event (run, seq, body, number, hash) VALUES (?, ?, ?, ?, ?)",
                    run.text(),
                    seq,
                    body,
                    head.number(),
                    head.hash());
            SqlOutbox.add(session, run, seq, StoredEvents.RUN.type(event));
        }
    }

    @Override
    public void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease) {
        if (events.stream().anyMatch(RunEvent.Requested.class::isInstance)) {
            throw new IllegalArgumentException("a run is begun once, not appended to itself");
        }
        var _ =
                written(session -> {
                    requireRun(session, run);
                    refuseWhenOvertaken(session, run, expected, lease);
                    refuseWhenFrozen(session, run, events);
                    SqlTargets.refuseWhenOwed(session, run, events);
                    var chain = SqlChain.of(session);
                    write(session, chain, run, expected, events);
                    for (TargetName target : about.keySet()) {
                        SqlTargets.write(session, chain, target, about.get(target));
                    }
                    return events.stream().anyMatch(RunEvent.Finished.class::isInstance)
                            ? finish(session, run)
                            : 0;
                });
        observer.journalled(run, events);
        about.forEach(observer::journalled);
    }

    private static int finish(Session session, RunId run) throws SQLException {
        session.change("UPDATE run_target SET open = 0 WHERE run = ?", run.text());
        return session.change("UPDATE run SET finished = 1 WHERE id = ?", run.text());
    }

    private static void requireRun(Session session, RunId run) throws SQLException {
        if (run(session, "id = ?", run.text()).isEmpty()) {
            throw new IllegalArgumentException("there is no run " + run);
        }
    }

    private static void refuseWhenOvertaken(
            Session session, RunId run, int expected, @Nullable Lease lease) throws SQLException {
        int there =
                session.first(
                                "SELECT max(seq) FROM event WHERE run = ?",
                                row -> row.getInt(1),
                                run.text())
                        .orElse(0);
        if (there != expected) {
            throw new Overtaken("run " + run + " has " + there + " events, not " + expected);
        }
        if (lease != null && !SqlLeases.isCurrent(session, lease)) {
            throw new Overtaken("the lease on " + lease.key() + " is no longer the current one");
        }
    }

    /** Whoever was told that nothing begins any more can rely on it. */
    private static void refuseWhenFrozen(Session session, RunId id, List<RunEvent> events)
            throws SQLException {
        for (RunEvent event : events) {
            if (event instanceof RunEvent.SwitchBegan) {
                Run run = Run.of(RunReads.events(session, id, 0));
                SqlTargets.refuseWhenFrozen(session, run, event.at());
            }
        }
    }

    /** By the outbox, which has a row of each event and never loses its last one. */
    @Override
    public Changes since(long mark) {
        if (mark == Changes.NEVER) {
            String last = "SELECT coalesce(max(id), 0) FROM outbox";
            long now =
                    database.read(session -> session.first(last, row -> row.getLong(1))).orElse(0L);
            return new Changes(now, Set.of());
        }
        List<Map.Entry<Long, RunId>> rows =
                database.read(session ->
                        session.rows(
                                "SELECT id, run FROM outbox WHERE id > ? ORDER BY id",
                                row -> Map.entry(row.getLong(1), new RunId(row.getString(2))),
                                mark));
        return rows.isEmpty()
                ? new Changes(mark, Set.of())
                : new Changes(
                        rows.getLast().getKey(),
                        rows.stream().map(Map.Entry::getValue).collect(Collectors.toSet()));
    }

    @Override
    public List<RunEvent> read(RunId run) {
        return runs.read(run);
    }

    @Override
    public List<RunId> open() {
        return open.get();
    }

    @Override
    public Optional<RunId> holder(TargetName target) {
        return database.read(session -> holder(session, target));
    }

    @Override
    public List<RunId> recent(int most, Optional<RunId> before) {
        return database.read(session ->
                session.rows(
                        """
                        SELECT id FROM run
                        WHERE ? = '' OR n < (SELECT n FROM run WHERE id = ?)
                        ORDER BY n DESC LIMIT ?
                        """,
                        row -> new RunId(row.getString(1)),
                        before.map(RunId::text).orElse(""),
                        before.map(RunId::text).orElse(""),
                        most));
    }

    @Override
    public List<TargetEvent> read(TargetName target) {
        return database.read(session -> SqlTargets.read(session, target));
    }

    @Override
    public void append(TargetName target, List<TargetEvent> events) {
        var _ =
                written(session -> {
                    SqlTargets.write(session, SqlChain.of(session), target, events);
                    return events.size();
                });
        observer.journalled(target, events);
    }

    @Override
    public Optional<Head> sealed(RunId run) {
        return database.read(session -> SqlChain.sealed(session, run));
    }

    @Override
    public void note(TargetName target, Condition condition) {
        database.write(session -> SqlTargets.note(session, target, condition));
    }

    @Override
    public Optional<Condition> condition(TargetName target) {
        return database.read(session -> SqlTargets.condition(session, target));
    }
}
