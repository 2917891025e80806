package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.HandClock;
import backout.run.Journal;
import backout.run.JournalContract;
import backout.run.Leases;
import backout.run.Observer;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The SQLite journal, with two stores open on one file. */
@SuppressWarnings("NullAway.Init")
class SqlJournalTest extends JournalContract {
    @TempDir Path temp;
    private SqlStore store;
    private SqlStore other;

    private void openBoth() {
        store = SqlStore.open(temp.resolve("state"), new HandClock());
        other = SqlStore.open(temp.resolve("state"), new HandClock());
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
    }

    @Override
    protected Journal journal() {
        openBoth();
        return store.journal();
    }

    @Override
    protected Leases leases() {
        return store.leases();
    }

    @Override
    protected Leases otherLeases() {
        return other.leases();
    }

    /** Writes past the journal, as another version of Backout would. */
    private void sql(String statement) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + temp.resolve("state/backout.db"));
                var change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    @Test
    void what_one_store_appended_the_other_reads() {
        store.journal().begin(request(RUN, "d1", RELAY));
        store.journal().append(RUN, 1, List.of(confirmed("anna")), List.of(seen("a")), null);

        assertThat(other.journal().read(RUN)).isEqualTo(store.journal().read(RUN)).hasSize(2);
        assertThat(other.journal().read(RELAY)).containsExactly(seen("a"));
    }

    @Test
    void everything_is_there_after_closing_and_opening_again() {
        store.journal().begin(request(RUN, "d1", RELAY));
        store.journal().append(RUN, 1, List.of(confirmed("anna")), List.of(seen("a")), null);
        store.close();
        other.close();

        openBoth();

        assertThat(store.journal().read(RUN).get(1)).isEqualTo(confirmed("anna"));
        assertThat(store.journal().read(RELAY)).containsExactly(seen("a"));
        assertThat(store.journal().open()).containsExactly(RUN);
    }

    @Test
    void what_is_on_disk_is_told_and_what_was_overtaken_is_not() {
        var told = new ArrayList<String>();
        try (var observed =
                SqlStore.open(temp.resolve("observed"), new HandClock(), noting(told))) {
            var journal = observed.journal();
            journal.begin(request(RUN, "d1", RELAY));
            journal.begin(request(RUN, "d1", RELAY));
            journal.append(RUN, 1, List.of(confirmed("anna")), List.of(seen("a")), null);
            assertThatThrownBy(() -> journal.append(RUN, 1, List.of(), List.of(), null))
                    .isInstanceOf(Journal.Overtaken.class);
            journal.append(SHOP, List.of(seen("b"), seen("c")));
        }

        assertThat(told)
                .containsExactly(
                        "written true",
                        "7F3KQ: Requested",
                        "written true",
                        "written true",
                        "7F3KQ: Confirmed",
                        "compose/relay: Seen",
                        "written true",
                        "written true",
                        "compose/shop: Seen, Seen");
    }

    private static Observer noting(List<String> told) {
        return new Observer() {
            @Override
            public void journalled(RunId run, List<RunEvent> events) {
                told.add(run + ": " + names(events));
            }

            @Override
            public void journalled(TargetName target, List<TargetEvent> events) {
                told.add(target + ": " + names(events));
            }

            @Override
            public void appended(Duration took, boolean written) {
                told.add("written " + written);
            }
        };
    }

    private static String names(List<?> events) {
        return events.stream()
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.joining(", "));
    }

    @Test
    void of_many_stores_opened_at_once_on_a_new_folder_each_works() throws Exception {
        Path fresh = temp.resolve("fresh");

        var begun =
                atOnce(
                        8,
                        i -> {
                            try (var mine = SqlStore.open(fresh, new HandClock())) {
                                return mine.journal()
                                        .begin(request(RUN, "the same delivery", RELAY));
                            }
                        });

        assertThat(begun).filteredOn(Journal.Begun.New.class::isInstance).hasSize(1);
        assertThat(begun).filteredOn(Journal.Begun.Same.class::isInstance).hasSize(7);
    }

    @Test
    void a_newer_event_is_unreadable_and_its_run_can_be_listed() throws SQLException {
        store.journal().begin(request(RUN, "d1", RELAY));
        sql(
                """
                INSERT INTO event (run, seq, body) VALUES ('7F3KQ', 2,
                  '{"type":"teleported","v":3,"at":"2027-01-01T00:00:00Z","where":"mars"}')
                """);

        assertThat(store.journal().read(RUN).get(1))
                .isEqualTo(
                        new RunEvent.Unreadable(
                                Instant.parse("2027-01-01T00:00:00Z"), 3, "teleported"));
        assertThat(store.journal().open()).containsExactly(RUN);
    }

    @Test
    void a_target_s_newer_event_refuses_that_target_alone() throws SQLException {
        store.journal().append(SHOP, List.of(seen("a")));
        sql(
                """
                INSERT INTO target_event (target, body) VALUES ('compose/relay',
                  '{"type":"quarantined","v":1,"at":"2027-01-01T00:00:00Z"}')
                """);

        assertThatThrownBy(() -> store.journal().read(TargetName.of("compose/relay")))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "compose/relay: what is remembered about it holds \"quarantined\" (version"
                                + " 1), which this Backout cannot read; nothing is done with this"
                                + " target. run the Backout that wrote it, or a newer one");
        assertThat(store.journal().read(SHOP)).hasSize(1);
    }

    @Test
    void only_the_owner_may_look_into_the_files() throws Exception {
        store.leases().take("k", java.time.Duration.ofMinutes(1)).orElseThrow().token();

        try (var files = Files.walk(temp.resolve("state"))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
        assertThat(temp.resolve("state/backout.db-wal")).exists();
    }

    @Test
    void whatever_people_type_comes_back_as_they_typed_it() {
        var naughty =
                List.of(
                        "'; DROP TABLE run; --",
                        "\0 nul, \u202e turned round, \ufeff mark",
                        "🚑👩🏽‍🚒 \"quoted\" \\ \r\n\t",
                        "x".repeat(1_000_000));
        store.journal().begin(request(RUN, naughty.getFirst(), RELAY));
        naughty.forEach(text -> {
            int read = store.journal().read(RUN).size();
            store.journal().append(RUN, read, List.of(confirmed(text)), List.of(), null);
        });

        assertThat(other.journal().read(RUN).stream().skip(1))
                .containsExactlyElementsOf(
                        naughty.stream().map(JournalContract::confirmed).toList());
        assertThat(store.journal().begin(request(OTHER_RUN, naughty.getFirst(), SHOP)))
                .isEqualTo(new Journal.Begun.Same(RUN));
    }

    @Test
    void a_commit_waits_for_the_disk() {
        try (var database = Database.open(temp.resolve("state/backout.db"), AT)) {
            var settings =
                    database.write(session ->
                            List.of(
                                    session.first("PRAGMA journal_mode", row -> row.getString(1))
                                            .orElseThrow(),
                                    session.first("PRAGMA synchronous", row -> row.getString(1))
                                            .orElseThrow()));
            assertThat(settings).containsExactly("wal", "2");
        }
    }
}
