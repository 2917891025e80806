package backout.store.sql;

import backout.language.Phrase;
import backout.run.Head;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Once along the chain: each event's hash is made again from what is there; called once. */
final class AuditWalk {
    /** Who sees more than these has seen enough. */
    private static final int SHOWN = 20;

    private static final String CHAINED =
            """
            SELECT 'run', run, seq, body, number, hash FROM event WHERE number > 0
            UNION ALL
            SELECT 'target', target, n, body, number, hash FROM target_event
            WHERE number > 0
            ORDER BY 5
            """;

    private static final String UNCHAINED =
            """
            SELECT 'run', run, seq, body FROM event WHERE number IS NULL OR number < 0
            UNION ALL
            SELECT 'target', target, n, body FROM target_event WHERE number IS NULL OR number < 0
            """;

    /** Each event of a run had a row there, and has it until it is told everywhere. */
    private static final String GONE =
            """
            SELECT 'run', outbox.run, outbox.seq, '' FROM outbox
            LEFT JOIN event ON event.run = outbox.run AND event.seq = outbox.seq
            WHERE event.run IS NULL ORDER BY outbox.id
            """;

    /** Is given the lines of an export. */
    interface Lines {
        /** Before any line. */
        default void before(AuditStart start) {}

        /**
         * @param body of the event
         */
        void line(String body, String text);
    }

    private final List<Head> posted;
    private final Lines lines;
    private final List<Phrase> wrong = new ArrayList<>();
    private long more;
    private Head last = new Head(0, "");
    private Phrase lastCalled = Phrase.of("the beginning of the chain");

    /** The hash of the last one is not known where one is missing. */
    private boolean knowsFormer = true;

    AuditWalk(List<Head> posted, Lines lines) {
        this.posted = List.copyOf(posted);
        this.lines = lines;
    }

    Audit.Verdict over(Session session) throws SQLException {
        Optional<AuditStart> begun = SqlChain.start(session);
        if (begun.isEmpty()) {
            find(Phrase.of("What the chain begins with was removed: nothing can be compared."));
            return new Audit.Verdict(last, 0, 0, Instant.EPOCH, wrong, more);
        }
        AuditStart start = begun.get();
        lines.before(start);
        before(session, start);
        last = AuditLine.head(start);
        lines.line(start.text(), AuditLine.text(last.hash(), AuditLine.sealed(start)));
        compare();
        session.each(CHAINED, this::take);
        session.each(UNCHAINED, row -> find(unchained(AuditLine.of(row))));
        session.each(GONE, row -> find(gone(AuditLine.of(row))));
        end();
        return new Audit.Verdict(last, start.ofRuns(), start.ofTargets(), start.at(), wrong, more);
    }

    private void before(Session session, AuditStart start) throws SQLException {
        AuditStart now =
                BeforeChain.read(session, start.at(), line -> lines.line(line.body(), line.text()));
        if (!now.equals(start)) {
            find(
                    Phrase.of(
                            "What was there before the chain began is not what it was: {0} events"
                                + " of runs and {1} of targets then, {2} and {3} now; one digest"
                                + " covers them all, so which one it is cannot be told.",
                            start.ofRuns(), start.ofTargets(), now.ofRuns(), now.ofTargets()));
        }
    }

    private static Phrase unchained(AuditLine line) {
        return Phrase.of(
                "{0} has no place in the chain: it was put in by hand, or by an older Backout that"
                        + " was still running after the upgrade.",
                called(line));
    }

    private static Phrase gone(AuditLine line) {
        return Phrase.of("{0} was removed: it is still listed as one to be told.", called(line));
    }

    private static Phrase called(AuditLine line) {
        return line.stream().equals(AuditLine.RUN)
                ? Phrase.of("Event {0} of run {1}", line.seq(), line.name())
                : Phrase.of("Event {0} of targets, about {1}", line.seq(), line.name());
    }

    private void take(ResultSet row) throws SQLException {
        var line =
                new AuditLine(row.getString(1), row.getString(2), row.getLong(3), row.getString(4));
        var head = new Head(row.getLong(5), String.valueOf(row.getString(6)));
        if (head.number() == last.number() + 1) {
            follows(line, head);
        } else {
            jumps(line, head);
        }
        String sealed = line.sealed(new Head(head.number() - 1, last.hash()));
        lines.line(line.body(), AuditLine.text(head.hash(), sealed));
        last = head;
        lastCalled = called(line);
        compare();
    }

    private void follows(AuditLine line, Head head) {
        if (knowsFormer && !AuditLine.hash(line.sealed(last)).equals(head.hash())) {
            find(
                    Phrase.of(
                            "{0} (number {1}) is not what was written there: it was edited, or"
                                    + " another was put in its place.",
                            called(line), head.number()));
        }
        knowsFormer = true;
    }

    private void jumps(AuditLine line, Head head) {
        long missing = head.number() - last.number() - 1;
        if (missing < 0) {
            find(
                    Phrase.of(
                            "{0} has number {1}, which another has: one of them was put in.",
                            called(line), head.number()));
            return;
        }
        find(
                Phrase.of(
                        "Between {0} (number {1}) and {2} (number {3}) something was removed: {4}.",
                        lastCalled,
                        last.number(),
                        called(line),
                        head.number(),
                        Phrase.count(missing, "{0} event", "{0} events")));
        knowsFormer = false;
    }

    /** With what was posted when the chain was as long as this. */
    private void compare() {
        for (Head one : posted) {
            if (one.number() == last.number() && !last.hash().startsWith(one.hash())) {
                find(
                        Phrase.of(
                                "Number {0} was posted as {1} and is {2} now: this event or one"
                                        + " before it was changed, and the chain was made anew"
                                        + " after it.",
                                one.number(), one.text(), last.text()));
            }
        }
    }

    private void end() {
        for (Head one : posted) {
            if (one.number() > last.number()) {
                find(
                        Phrase.of(
                                "Number {0} was posted as {1} and is not there: the end was cut off"
                                        + " after number {2} ({3}).",
                                one.number(), one.text(), last.number(), lastCalled));
            }
        }
    }

    private void find(Phrase what) {
        if (wrong.size() < SHOWN) {
            wrong.add(what);
        } else {
            more++;
        }
    }
}
