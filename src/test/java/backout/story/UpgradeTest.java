package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.run.HandClock;
import backout.run.Run;
import backout.run.RunId;
import backout.store.sql.Older;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Another version of the bot takes over a journal with a run that waits for a vote. */
class UpgradeTest {
    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();

    private RunId open;

    @BeforeEach
    void a_run_waits_for_a_vote() {
        assertThat(SimSite.in(home, 1, "0s").home()).isEqualTo(home);
        var serve = serving();
        var li = seat().start("run", "sim relay because 5xx", "--as", "li", "--yes");
        li.until("bot/backout run \"approve ");
        open = new RunId(li.runId());
        li.interrupt();
        assertThat(li.exitCode()).isEqualTo(4);
        ends(serve);
    }

    private Seat seat() {
        return new Seat(home, service, clock);
    }

    private Seat serving() {
        return seat().start("serve").until("serving until it is stopped");
    }

    private static void ends(Seat serve) {
        serve.interrupt();
        assertThat(serve.exitCode()).as(serve.text()).isZero();
    }

    private void journal(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }

    private int version() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private Path database() {
        return home.resolve("var/backout.db");
    }

    private Run run() {
        try (var store = SqlStore.open(home.resolve("var"), clock)) {
            return Run.of(store.journal().read(open));
        }
    }

    private void isApprovedAndProven() {
        var serve = serving();
        assertThat(seat().run("run", "approve " + open, "--as", "anna")).isZero();
        serve.until("the run is over", () -> run().outcome().isPresent());
        ends(serve);
        assertThat(service.runs()).isEqualTo(SimService.GOOD);
        assertThat(service.moves()).isEqualTo(1);
    }

    @Test
    void a_newer_bot_brings_the_journal_up_to_date_and_goes_on_with_the_run() throws SQLException {
        journal(Older.WITHOUT_CHAIN.toArray(String[]::new));
        journal("DROP TABLE post", "PRAGMA user_version = 1");
        isApprovedAndProven();
    }

    @Test
    void an_older_bot_refuses_newer_tables_and_leaves_them_for_the_newer_one()
            throws IOException, SQLException {
        int version = version();
        journal("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(database());

        var older = seat();
        assertThat(older.run("serve")).isEqualTo(2);

        assertThat(older.words())
                .contains("a newer Backout wrote this journal", "start that newer Backout again");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
        journal("PRAGMA user_version = " + version);
        isApprovedAndProven();
    }

    @Test
    void an_older_bot_serves_but_does_not_touch_a_run_that_a_newer_one_went_on_with()
            throws SQLException {
        journal(
                """
                INSERT INTO event (run, seq, body) SELECT '%1$s', max(seq) + 1,
                    '{"type":"teleported","v":1,"at":"2026-01-01T00:00:00Z"}'
                FROM event WHERE run = '%1$s'
                """
                        .formatted(open));
        int events = run().version();

        var older = serving();
        var vote = seat();
        assertThat(vote.run("run", "approve " + open, "--as", "anna")).isEqualTo(2);
        assertThat(vote.words())
                .contains("stands still: a newer Backout wrote \"teleported\"")
                .contains("start that newer Backout again");
        var status = seat();
        assertThat(status.run("status")).isZero();
        assertThat(status.words()).contains("a newer Backout wrote \"teleported\"");
        ends(older);
        assertThat(run().version()).isEqualTo(events);
        assertThat(service.moves()).isZero();

        journal("DELETE FROM event WHERE body LIKE '%teleported%'");
        isApprovedAndProven();
    }
}
