package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Cli;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.Head;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each damage that somebody with the file can do, to a store that the journal itself wrote: two
 * runs, events of a target between them, eight in all.
 */
@SuppressWarnings("NullAway.Init")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditTest {
    private static final RunId FIRST = new RunId("7F3KQ");
    private static final RunId SECOND = new RunId("9GHJK");
    private static final TargetName RELAY = TargetName.of("compose/relay");
    private static final Instant AT = Instant.parse("2026-03-01T02:14:00Z");

    @TempDir Path state;
    private Head middle;
    private Head end;

    @BeforeEach
    void write() {
        try (var store = open()) {
            var journal = store.journal();
            journal.begin(OtherProcess.request(FIRST, "d1"));
            journal.append(FIRST, 1, List.of(confirmed("anna")), List.of(seen("a")), null);
            journal.append(FIRST, 2, List.of(confirmed("ben"), over()), List.of(), null);
            middle = journal.sealed(FIRST).orElseThrow();
            journal.append(RELAY, List.of(seen("b")));
            journal.begin(OtherProcess.request(SECOND, "d2"));
            journal.append(SECOND, 1, List.of(confirmed("\uD800 half a letter")), List.of(), null);
            end = journal.sealed(SECOND).orElseThrow();
        }
    }

    private SqlStore open() {
        return SqlStore.open(state, new HandClock());
    }

    private static RunEvent confirmed(String by) {
        return OtherProcess.confirmed(by);
    }

    private static RunEvent over() {
        return new RunEvent.Finished(
                AT.plusSeconds(60),
                new Outcome(Outcome.Result.PROVEN, Phrase.verbatim("It is well."), Phrase.NONE));
    }

    private static TargetEvent seen(String id) {
        return new TargetEvent.Seen(AT, id, "repo/relay:1.2", "1.2", "");
    }

    /** Does something to the file that no Backout does. */
    private void damage(String... statements) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + state.resolve("backout.db"));
                var change = connection.createStatement()) {
            for (String statement : statements) {
                change.executeUpdate(statement);
            }
        }
    }

    private List<String> wrong(Head... posted) {
        return Audit.verify(state, List.of(posted)).wrong().stream().map(Object::toString).toList();
    }

    @Test
    void what_the_journal_wrote_is_whole_and_the_posted_heads_are_in_it() {
        var verdict = Audit.verify(state, List.of(middle, end));

        assertThat(verdict.wrong()).isEmpty();
        assertThat(verdict.head()).isEqualTo(end);
        assertThat(middle.number()).isEqualTo(5);
        assertThat(end.number()).isEqualTo(8);
    }

    @Test
    void an_edited_event_is_named() throws SQLException {
        damage("UPDATE event SET body = replace(body, 'ben', 'eve') WHERE run = '7F3KQ'");

        assertThat(wrong())
                .containsExactly(
                        "Event 3 of run 7F3KQ (number 4) is not what was written there: it was"
                                + " edited, or another was put in its place.");
    }

    @Test
    void an_edited_event_of_a_target_is_named() throws SQLException {
        damage("UPDATE target_event SET target = 'compose/shop' WHERE n = 2");

        assertThat(wrong())
                .containsExactly(
                        "Event 2 of targets, about compose/shop (number 6) is not what was written"
                                + " there: it was edited, or another was put in its place.");
    }

    @Test
    void everything_that_can_happen_to_a_target_is_sealed() throws SQLException {
        try (var store = open()) {
            store.journal().append(RELAY, ExampleRun.ABOUT);
        }
        assertThat(wrong()).isEmpty();
        damage("UPDATE target_event SET body = replace(body, 'release day', 'holiday')");

        assertThat(wrong()).singleElement().asString().contains("compose/relay", "was edited");
    }

    @Test
    void events_that_changed_their_places_are_named() throws SQLException {
        damage(
                "UPDATE event SET seq = 99 WHERE run = '7F3KQ' AND seq = 2",
                "UPDATE event SET seq = 2 WHERE run = '7F3KQ' AND seq = 3",
                "UPDATE event SET seq = 3 WHERE run = '7F3KQ' AND seq = 99");

        assertThat(wrong())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Event 3 of run 7F3KQ (number 2) is not"))
                .anyMatch(line -> line.startsWith("Event 2 of run 7F3KQ (number 4) is not"));
    }

    @Test
    void events_that_changed_their_numbers_are_named() throws SQLException {
        damage(
                "UPDATE event SET number = 99 WHERE number = 4",
                "UPDATE event SET number = 4 WHERE number = 5",
                "UPDATE event SET number = 5 WHERE number = 99");

        assertThat(wrong())
                .anyMatch(line -> line.startsWith("Event 4 of run 7F3KQ (number 4) is not"))
                .anyMatch(line -> line.startsWith("Event 3 of run 7F3KQ (number 5) is not"));
    }

    @Test
    void a_removed_event_is_missed_between_its_neighbours_and_by_those_that_were_to_tell_it()
            throws SQLException {
        damage("DELETE FROM event WHERE run = '7F3KQ' AND seq = 3");

        assertThat(wrong())
                .containsExactly(
                        "Between Event 1 of targets, about compose/relay (number 3) and Event 4 of"
                                + " run 7F3KQ (number 5) something was removed: 1 event.",
                        "Event 3 of run 7F3KQ was removed: it is still listed as one to be told.");
    }

    @Test
    void one_that_was_put_in_is_named() throws SQLException {
        damage(
                "INSERT INTO event (run, seq, body, number, hash)"
                        + " SELECT run, 9, body, number, hash FROM event WHERE number = 5");

        assertThat(wrong()).singleElement().asString().contains("number 5, which another has");
    }

    @Test
    void one_without_a_place_in_the_chain_is_named() throws SQLException {
        damage(
                "INSERT INTO event (run, seq, body) SELECT run, 9, body FROM event WHERE number ="
                        + " 5",
                "INSERT INTO target_event (target, body)"
                        + " SELECT target, body FROM target_event WHERE n = 1");

        assertThat(wrong())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Event 9 of run 7F3KQ has no place in the chain"))
                .anyMatch(
                        line -> line.startsWith("Event 3 of targets, about compose/relay has no"));
    }

    @Test
    void an_end_that_was_cut_off_is_missed_by_those_that_were_to_tell_it() throws SQLException {
        damage("DELETE FROM event WHERE number = 8");

        assertThat(wrong())
                .containsExactly(
                        "Event 2 of run 9GHJK was removed: it is still listed as one to be told.");
    }

    @Test
    void an_end_that_was_cut_off_with_care_is_missed_by_a_posted_head() throws SQLException {
        damage(
                "DELETE FROM event WHERE number = 8",
                "DELETE FROM outbox WHERE run = '9GHJK' AND seq = 2");

        assertThat(wrong()).as("nobody can tell").isEmpty();
        assertThat(wrong(middle, end))
                .containsExactly(
                        "Number 8 was posted as "
                                + end.text()
                                + " and is not there: the end was cut off after number 7 (Event 1"
                                + " of run 9GHJK).");
    }

    @Test
    void a_chain_that_was_made_anew_is_given_away_by_a_posted_head() throws SQLException {
        damage(
                "UPDATE event SET body = replace(body, 'anna', 'eve')",
                "DELETE FROM chain",
                "UPDATE event SET number = 0, hash = NULL",
                "UPDATE target_event SET number = 0, hash = NULL");
        beginAnew();

        assertThat(wrong()).as("nobody can tell").isEmpty();
        assertThat(wrong(middle))
                .singleElement()
                .asString()
                .contains("Number 5 was posted as " + middle.text() + " and is not there");
    }

    private void beginAnew() throws SQLException {
        try (var connection =
                DriverManager.getConnection("jdbc:sqlite:" + state.resolve("backout.db"))) {
            SqlChain.begin(new Session(connection), AT);
        }
    }

    @Test
    void an_event_that_was_edited_with_its_hashes_is_given_away_by_a_posted_head()
            throws SQLException {
        damage("UPDATE event SET body = replace(body, 'ben', 'eve') WHERE number = 4");
        sealAnew();

        assertThat(wrong()).as("nobody can tell").isEmpty();
        assertThat(wrong(middle))
                .singleElement()
                .asString()
                .startsWith("Number 5 was posted as " + middle.text() + " and is 5:");
    }

    /** What somebody does who has read how the hashes are made. */
    private void sealAnew() throws SQLException {
        var lines = new ArrayList<AuditLine>();
        try (var connection =
                DriverManager.getConnection("jdbc:sqlite:" + state.resolve("backout.db"))) {
            var session = new Session(connection);
            session.each(
                    """
                    SELECT 'run', run, seq, body, number FROM event
                    UNION ALL SELECT 'target', target, n, body, number FROM target_event ORDER BY 5
                    """,
                    row ->
                            lines.add(
                                    new AuditLine(
                                            row.getString(1),
                                            row.getString(2),
                                            row.getLong(3),
                                            row.getString(4))));
            Head head = AuditLine.head(SqlChain.start(session).orElseThrow());
            for (AuditLine line : lines) {
                head = new Head(head.number() + 1, AuditLine.hash(line.sealed(head)));
                session.change(
                        "UPDATE event SET hash = ? WHERE number = ?", head.hash(), head.number());
                session.change(
                        "UPDATE target_event SET hash = ? WHERE number = ?",
                        head.hash(),
                        head.number());
            }
        }
    }

    @Test
    void what_an_older_backout_writes_meanwhile_is_named_and_the_chain_goes_on()
            throws SQLException {
        damage(
                "INSERT INTO event (run, seq, body) SELECT run, 3, body FROM event WHERE number ="
                        + " 8",
                "INSERT INTO outbox (run, seq, kind) VALUES ('9GHJK', 3, 'confirmed')");
        try (var store = open()) {
            store.journal().append(SECOND, 3, List.of(confirmed("ben")), List.of(), null);
            assertThat(store.journal().sealed(SECOND).orElseThrow().number()).isEqualTo(9);
        }

        assertThat(wrong(middle, end))
                .singleElement()
                .asString()
                .startsWith("Event 3 of run 9GHJK has no place in the chain");
    }

    @Test
    void what_the_chain_begins_with_cannot_be_taken_away_or_changed() throws SQLException {
        damage("UPDATE chain SET start = replace(start, '2026', '2025')");
        assertThat(wrong()).isNotEmpty();

        damage("DELETE FROM chain");
        assertThat(wrong())
                .containsExactly(
                        "What the chain begins with was removed: nothing can be compared.");
    }

    @Test
    void a_copy_for_a_backup_and_a_journal_without_its_old_messages_are_whole() throws IOException {
        try (var store = open()) {
            assertThat(store.forgetMessages(AT.plusSeconds(1_000_000))).isNotNegative();
            JournalCopy.make(state, state.resolve("copy.db"));
        }
        Path restored = Files.createDirectory(state.resolve("restored"));
        Files.move(state.resolve("copy.db"), restored.resolve("backout.db"));

        assertThat(wrong(middle, end)).isEmpty();
        assertThat(Audit.verify(restored, List.of(middle, end)).wrong()).isEmpty();
    }

    /** The last transaction is only half in the write-ahead log: it never was. */
    @Test
    void a_torn_write_is_no_false_alarm() throws IOException {
        Path torn = Files.createDirectory(state.resolve("torn"));
        try (var store = open()) {
            store.journal().append(SECOND, 2, List.of(confirmed("ben")), List.of(), null);
            for (String file : List.of("backout.db", "backout.db-wal")) {
                Files.copy(state.resolve(file), torn.resolve(file));
            }
        }
        try (var wal = FileChannel.open(torn.resolve("backout.db-wal"), StandardOpenOption.WRITE)) {
            wal.truncate(wal.size() - 100);
        }

        var verdict = Audit.verify(torn, List.of(middle, end));
        assertThat(verdict.wrong()).isEmpty();
        assertThat(verdict.head()).as("the half one is not there").isEqualTo(end);
        assertThat(Audit.verify(state, List.of(end)).head().number()).isEqualTo(9);
    }

    @Test
    void it_stays_right_with_writers_at_once_of_which_one_is_killed() throws Exception {
        Path shared = Files.createDirectory(state.resolve("shared"));
        try (var store = SqlStore.open(shared, InstantSource.system())) {
            store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
            try (var a = OtherProcess.start(shared, "append", "a", "1000000");
                    var b = OtherProcess.start(shared, "append", "b", "60")) {
                for (int i = 0; i < 30; i++) {
                    OtherProcess.insist(store.journal(), "me" + i);
                    store.journal().append(RELAY, List.of(seen("a" + i)));
                }
                a.line();
                a.kill();
                for (String line = b.line(); line != null; line = b.line()) {
                    assertThat(Audit.verify(shared, List.of()).wrong()).isEmpty();
                }
            }
            OtherProcess.insist(store.journal(), "who comes after");
            Head head = store.journal().sealed(OtherProcess.RUN).orElseThrow();
            var verdict = Audit.verify(shared, List.of(head));
            assertThat(verdict.wrong()).isEmpty();
            assertThat(verdict.head()).isEqualTo(head);
        }
    }

    @Test
    void a_journal_from_before_the_chain_is_covered_by_one_digest() throws SQLException {
        damage(Older.WITHOUT_CHAIN.toArray(String[]::new));
        Head head;
        try (var store = open()) {
            assertThat(store.journal().sealed(FIRST)).as("it was before").isEmpty();
            store.journal().append(SECOND, 2, List.of(confirmed("ben")), List.of(seen("c")), null);
            head = store.journal().sealed(SECOND).orElseThrow();
        }

        var verdict = Audit.verify(state, List.of(head));
        assertThat(verdict.wrong()).isEmpty();
        assertThat(List.of(verdict.ofRuns(), verdict.ofTargets(), verdict.head().number()))
                .containsExactly(6L, 2L, 2L);

        damage("UPDATE event SET body = replace(body, 'anna', 'eve') WHERE seq = 2");
        assertThat(wrong(head))
                .singleElement()
                .asString()
                .startsWith("What was there before the chain began is not what it was: 6 events");
    }

    @Test
    void an_export_is_verified_by_the_program_that_the_documentation_prints()
            throws IOException, SQLException {
        Path file = state.resolve("audit.jsonl");
        assertThat(export(file, Optional.empty()).isWhole()).isTrue();
        assertThat(others(file)).isEqualTo("whole: 8:" + end.hash());
        assertThat(Files.readString(file)).contains("\"run\":\"7F3KQ\",\"seq\":3,\"event\":{");

        Files.writeString(file, Files.readString(file).replace("\"ben\"", "\"eve\""));
        assertThat(others(file)).startsWith("not whole:");

        damage("DELETE FROM event WHERE run = '7F3KQ' AND seq = 3");
        assertThat(export(file, Optional.empty()).isWhole()).isFalse();
        assertThat(others(file)).startsWith("not whole:");
    }

    private Audit.Verdict export(Path file, Optional<Instant> since) throws IOException {
        var lines = new ArrayList<String>();
        var verdict = Audit.export(state, since, lines::add);
        Files.write(file, lines);
        return verdict;
    }

    /** The fenced lines of bot/README.md that begin with its first line. */
    private static String others(Path file) throws IOException {
        String readme = Files.readString(Path.of("bot/README.md"));
        String program = readme.substring(readme.indexOf("previous= bad="));
        program = program.substring(0, program.indexOf("```"));
        return Cli.here().run("bash", "-c", program, "bash", file.toString());
    }

    @Test
    void an_export_since_a_moment_can_be_verified_too() throws IOException {
        Path file = state.resolve("audit.jsonl");
        export(file, Optional.of(AT.minusSeconds(1)));
        assertThat(Files.readAllLines(file)).as("the chain's beginning, too").hasSize(9);

        export(file, Optional.of(AT.plusSeconds(50)));
        assertThat(Files.readAllLines(file)).as("the end of the first run, and on").hasSize(4);
        assertThat(others(file)).isEqualTo("whole: 8:" + end.hash());

        export(file, Optional.of(AT.plusSeconds(100)));
        assertThat(Files.readAllLines(file)).isEmpty();
    }
}
