package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.problem.ProblemException;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;

/** What people are told when the file or its disk does not work, and what is then written. */
class TroubleTest {
    @TempDir Path temp;

    private SqlStore open(Path folder) {
        return SqlStore.open(folder, new HandClock());
    }

    private static ProblemException problemOf(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        return catchThrowableOfType(ProblemException.class, act);
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void a_full_disk_writes_nothing_and_goes_on_when_there_is_space() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to mount a tmpfs");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        try (var store = open(disk.resolve("state"))) {
            store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
            Path ballast = disk.resolve("ballast");
            fill(ballast);

            var problem = problemOf(() -> appendUntilItFails(store)).problem();

            assertThat(problem.what()).hasToString("the disk is full, nothing was written");
            assertThat(problem.where()).isEqualTo(disk.resolve("state/backout.db").toString());
            assertThat(problem.next())
                    .hasToString("free some space: df -h " + disk.resolve("state"));
            int before = store.journal().read(OtherProcess.RUN).size();
            assertThat(store.outbox().due("slack", 10_000)).hasSize(before);
            assertThat(store.journal().read(OtherProcess.TARGET)).isEmpty();

            Files.delete(ballast);
            OtherProcess.insist(store.journal(), "anna");
            assertThat(store.journal().read(OtherProcess.RUN)).hasSize(before + 1);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void fill(Path ballast) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException _) {
            assertThat(Files.size(ballast)).isPositive();
        }
    }

    /** One append of many events, so that a part of it would fit. */
    private static void appendUntilItFails(SqlStore store) {
        var many = java.util.Collections.nCopies(2_000, OtherProcess.confirmed("anna"));
        store.journal().append(OtherProcess.RUN, 1, many, List.of(), null);
    }

    @Test
    void a_newer_journal_is_refused_and_left_as_it_is() throws Exception {
        open(temp).close();
        sql("PRAGMA user_version = 99");

        var problem = problemOf(() -> open(temp)).problem();

        assertThat(problem.what())
                .hasToString(
                        "a newer Backout wrote this journal (tables 99, this one knows "
                                + Schema.SCRIPTS.size()
                                + "), it was left as it is");
        assertThat(problem.where()).isEqualTo(temp.resolve("backout.db").toString());
        assertThat(problem.next().toString()).startsWith("start that newer Backout again");
    }

    @Test
    void a_journal_of_the_first_tables_is_brought_up_to_date_and_keeps_its_runs() throws Exception {
        try (var store = open(temp)) {
            var _ = store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
        }
        for (String statement : Older.WITHOUT_CHAIN) {
            sql(statement);
        }
        sql("DROP TABLE post");
        sql("PRAGMA user_version = 1");

        try (var store = open(temp)) {
            assertThat(store.journal().open()).containsExactly(OtherProcess.RUN);
            assertThat(store.posts().open("slack")).isEmpty();
        }
    }

    private void sql(String statement) throws Exception {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("backout.db"));
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    @Test
    void a_file_that_is_no_journal_is_refused_and_left_as_it_is() throws Exception {
        String letter = "Dear diary, this is no database, and long enough to be read. ".repeat(99);
        Files.writeString(temp.resolve("backout.db"), letter);

        var problem = problemOf(() -> open(temp)).problem();

        assertThat(problem.what().toString()).startsWith("the journal is damaged or no journal (");
        assertThat(Files.readString(temp.resolve("backout.db"))).isEqualTo(letter);
    }

    @Test
    void a_journal_that_another_process_keeps_locked_says_so() throws Exception {
        try (var store = open(temp);
                var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("backout.db"));
                var lock = connection.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");

            var problem =
                    problemOf(() ->
                                    store.journal()
                                            .begin(OtherProcess.request(OtherProcess.RUN, "d1")))
                            .problem();

            assertThat(problem.what())
                    .hasToString(
                            "another process has locked the journal for 5 s, nothing was written");
            assertThat(store.journal().open()).as("reading goes on").isEmpty();
            lock.execute("ROLLBACK");
            store.journal().begin(OtherProcess.request(OtherProcess.RUN, "d1"));
            assertThat(store.journal().open()).containsExactly(OtherProcess.RUN);
        }
    }

    @Test
    void a_disk_that_cannot_be_written_says_so() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root to mount a tmpfs");
        Path disk = Files.createDirectory(temp.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=1m,ro", "tmpfs", disk.toString());
        try {
            assertThatThrownBy(() -> open(disk.resolve("state")))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("the state folder cannot be used")
                    .hasMessageContaining("Read-only file system");
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void a_folder_that_the_driver_would_misread_is_refused() {
        assertThatThrownBy(() -> open(temp.resolve("what?")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("its path holds a question mark");
        assertThat(temp.resolve("what?")).doesNotExist();
    }
}
