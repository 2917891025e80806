package backout.store.sql;

import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.Condition;
import backout.run.Evidence;
import backout.run.Freezes;
import backout.run.GlassBroken;
import backout.run.Head;
import backout.run.Journal;
import backout.run.Outbox;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** What is remembered of a target: what happened to it, and how it was when last looked at. */
final class SqlTargets {
    private static final StoredForm<Condition> CONDITION =
            new StoredForm<>(List.of(new StoredForm.Type<>("condition", 1, Condition.class)));

    private SqlTargets() {}

    static void write(Session session, SqlChain chain, TargetName target, List<TargetEvent> events)
            throws SQLException {
        if (events.stream().anyMatch(SqlTargets::isAboutLock)) {
            SqlPosts.showAnew(session, target.toString());
        }
        if (events.stream().anyMatch(SqlTargets::isAboutFreeze)) {
            SqlPosts.showOpenAnew(session, target.toString());
        }
        for (TargetEvent event : events) {
            if (event instanceof TargetEvent.GlassReviewed reviewed) {
                SqlPosts.showRunAnew(session, reviewed.run());
            }
            String body = StoredEvents.TARGET.write(event);
            long n = next(session);
            Head head = chain.next(new AuditLine(AuditLine.TARGET, target.toString(), n, body));
            session.change(
                    "INSERT INTO target_event (n, target, body, number, hash)"
                            + " VALUES (?, ?, ?, ?, ?)",
                    n,
                    target.toString(),
                    body,
                    head.number(),
                    head.hash());
        }
    }

    /** What SQLite would number it by itself, known before the row is there. */
    private static long next(Session session) throws SQLException {
        return session.first("SELECT max(n) FROM target_event", row -> row.getLong(1)).orElse(0L)
                + 1;
    }

    private static boolean isAboutLock(TargetEvent event) {
        return event instanceof TargetEvent.Locked || event instanceof TargetEvent.Unlocked;
    }

    private static boolean isAboutFreeze(TargetEvent event) {
        return event instanceof TargetEvent.Frozen || event instanceof TargetEvent.Thawed;
    }

    /**
     * @throws Journal.Overtaken when something that the run moves is frozen
     */
    static void refuseWhenFrozen(Session session, Run run, Instant now) throws SQLException {
        var streams = new HashMap<TargetName, List<TargetEvent>>();
        for (TargetName name : Freezes.about(run)) {
            streams.put(name, read(session, name));
        }
        var freezes = new Freezes(name -> streams.getOrDefault(name, List.of()));
        if (freezes.on(run, now).isPresent()) {
            throw new Journal.Overtaken("what run " + run.id() + " moves is frozen");
        }
    }

    /**
     * @throws Journal.Overtaken when somebody would begin a run without its votes of whom a review
     *     is open: of two such runs at once only one is begun
     */
    static void refuseWhenOwed(Session session, RunId run, List<RunEvent> events)
            throws SQLException {
        for (RunEvent event : events) {
            if (event instanceof GlassBroken glass
                    && Glass.owed(read(session, Freeze.SITE), glass.by(), run.text()).isPresent()) {
                throw new Journal.Overtaken("a review of what " + glass.by() + " did is open");
            }
        }
    }

    static List<TargetEvent> read(Session session, TargetName target) throws SQLException {
        return session.rows(
                "SELECT body FROM target_event WHERE target = ? ORDER BY n",
                row -> read(target, row.getString(1)),
                target.toString());
    }

    /** A lock or a bad mark that is skipped would let a rollback go where it must not. */
    private static TargetEvent read(TargetName target, String body) {
        return StoredEvents.TARGET.read(
                body,
                (_, version, type) -> {
                    throw Problem.stop(
                            unknown(version, type),
                            target.toString(),
                            Phrase.of("run the Backout that wrote it, or a newer one"));
                });
    }

    private static Phrase unknown(int version, String type) {
        return Phrase.of(
                "what is remembered about it holds \"{0}\" (version {1}), which this Backout cannot"
                        + " read; nothing is done with this target",
                type, version);
    }

    /** Everything after that row; what cannot be read is told to be so. */
    static List<Outbox.TargetRow> after(Session session, long n, int most) throws SQLException {
        return session.rows(
                "SELECT n, target, body FROM target_event WHERE n > ? ORDER BY n LIMIT ?",
                row -> {
                    var target = TargetName.of(row.getString(2));
                    return new Outbox.TargetRow(
                            row.getLong(1), target, readable(target, row.getString(3)));
                },
                n,
                most);
    }

    private static TargetEvent readable(TargetName target, String body) {
        return StoredEvents.TARGET.read(
                body,
                (at, version, type) ->
                        new TargetEvent.Warned(
                                at, Phrase.of("{0}: {1}", target, unknown(version, type))));
    }

    static int note(Session session, TargetName target, Condition condition) throws SQLException {
        return session.change(
                """
                INSERT INTO condition (target, body) VALUES (?, ?)
                ON CONFLICT (target) DO UPDATE SET body = excluded.body
                """,
                target.toString(),
                CONDITION.write(condition));
    }

    static Optional<Condition> condition(Session session, TargetName target) throws SQLException {
        return session.first(
                "SELECT body FROM condition WHERE target = ?",
                row -> CONDITION.read(row.getString(1), SqlTargets::unreadable),
                target.toString());
    }

    private static Condition unreadable(Instant at, int version, String type) {
        Phrase what = Phrase.of("written by a newer Backout: {0}", type);
        return new Condition(at, "", Evidence.Finding.UNKNOWN, at, what, Phrase.NONE);
    }
}
