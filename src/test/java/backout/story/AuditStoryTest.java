package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an auditor sees of a rollback, and of a journal that somebody changed afterwards. */
class AuditStoryTest {
    private static final Pattern HEAD = Pattern.compile("audit (\\d+:[0-9a-f]{16})");

    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final SimService service = new SimService();

    private Seat seat() {
        return new Seat(home, service, clock);
    }

    /** A rollback from its beginning to its end; the head that its card says. */
    private String rolledBack() {
        var li = seat();
        assertThat(li.run("run", "sim relay because 5xx", "--as", "li", "--yes")).isZero();
        Matcher head = HEAD.matcher(li.words());
        assertThat(head.find()).as(li.text()).isTrue();
        return head.group(1);
    }

    private void damage(String statement) throws SQLException {
        Path file = SimSite.in(home, 0, "0s").home().resolve("var/backout.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).isPositive();
        }
    }

    @Test
    void the_head_on_the_final_card_is_in_the_journal_that_nobody_touched() {
        SimSite.in(home, 0, "0s");
        String head = rolledBack();

        var auditor = seat();
        assertThat(auditor.run("audit", "verify", "--head", head)).as(auditor.text()).isZero();
        assertThat(auditor.words())
                .contains("is as it was written", "The head that was posted is in it.");
        var curious = seat();
        assertThat(curious.run("audit", "verify")).isZero();
        assertThat(curious.words()).contains("only a head that was posted can tell: say --head");
    }

    @Test
    void what_was_edited_ends_with_1_and_says_which_event_and_what_to_do() throws SQLException {
        SimSite.in(home, 0, "0s");
        String head = rolledBack();
        damage("UPDATE event SET body = replace(body, '5xx', '4xx') WHERE seq = 1");

        var auditor = seat();
        assertThat(auditor.run("audit", "verify", "--head", head)).isEqualTo(1);
        assertThat(auditor.words())
                .contains("is NOT as it was written", "Event 1 of run", "Keep this state folder");
        var exporting = seat();
        assertThat(exporting.run("audit", "export")).isEqualTo(1);
    }

    @Test
    void a_wrong_head_and_a_wrong_time_end_with_2() {
        SimSite.in(home, 0, "0s");
        rolledBack();

        assertThat(seat().run("audit", "verify", "--head", "412")).isEqualTo(2);
        assertThat(seat().run("audit", "export", "--since", "yesterday")).isEqualTo(2);
    }

    @Test
    void a_journal_that_is_not_there_ends_with_4() {
        SimSite.in(home, 0, "0s");

        assertThat(seat().run("audit", "verify")).isEqualTo(4);
    }

    @Test
    void an_export_says_what_the_person_saw_who_confirmed_and_who_did_not_look() {
        SimSite.in(home, 0, "0s");
        rolledBack();

        var auditor = seat();
        assertThat(auditor.run("audit", "export")).isZero();
        assertThat(auditor.text())
                .contains("\"type\":\"requested\"", "\"words\":\"sim relay because 5xx\"")
                .as("--yes confirms what nobody saw")
                .containsPattern("\"type\":\"confirmed\".*\"saw\":\"\"")
                .containsPattern("\"type\":\"finished\".*\"result\":\"PROVEN\"");
    }

    @Test
    void who_says_yes_at_the_terminal_has_seen_the_plan_above_it() {
        SimSite.in(home, 0, "0s");
        var li = seat().atTerminal().start("run", "sim", "--as", "li");
        li.until("Confirm? [y/N] ").type("y");
        assertThat(li.exitCode()).as(li.text()).isZero();

        var auditor = seat();
        assertThat(auditor.run("audit", "export")).isZero();
        assertThat(auditor.text())
                .containsPattern("\"type\":\"confirmed\".*\"plan\":\"(\\w+)\".*\"saw\":\"\\1\"");
    }
}
