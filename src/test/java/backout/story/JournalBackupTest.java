package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.store.sql.SqlStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The journal is copied while the bot serves, and a bot goes on from the copy. */
class JournalBackupTest {
    @TempDir Path home;
    @TempDir Path elsewhere;

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void a_bot_on_the_copy_goes_on_with_the_run_that_was_open() throws IOException {
        Path copy;
        String run;
        try (var served = new ServedSite(home, 1).serve()) {
            var asking = served.seat().start("run", "sim relay", "--as", "li", "--yes");
            run = asking.runId();
            asking.until("approve " + run);
            var seat = served.seat();

            assertThat(seat.run("backup", elsewhere.toString())).as(seat.text()).isZero();

            assertThat(seat.words()).contains("1 run, open: " + run, "read back whole", "restore");
            copy = files(elsewhere).getFirst();
            assertThat(files(elsewhere)).containsExactly(copy);
            assertThat(copy.getFileName()).hasToString("backout-20260301-021400.db");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
            asking.interrupt();
            asking.exitCode();
        }

        Path other = Files.createDirectory(elsewhere.resolve("other"));
        var restored = new ServedSite(other, 1);
        Files.createDirectories(restored.store);
        Files.copy(copy, restored.store.resolve("backout.db"));
        try (restored) {
            restored.serve();
            var seat = restored.seat();
            assertThat(seat.run("run", "approve " + run, "--as", "anna")).as(seat.text()).isZero();
            backout.fixture.Await.until(
                    "it is proven", () -> restored.service.runs().equals(SimService.GOOD));
            try (var store = SqlStore.open(restored.store, restored.clock)) {
                backout.fixture.Await.until("it is over", () -> store.journal().open().isEmpty());
            }
        }
    }

    @Test
    void a_file_that_is_there_is_never_replaced() throws IOException {
        var site = new ServedSite(home, 0);
        Path file = elsewhere.resolve("mine");
        Files.writeString(file, "mine");
        assertThat(site.seat().run("status")).isZero();
        var seat = site.seat();

        assertThat(seat.run("backup", file.toString())).isEqualTo(2);

        assertThat(seat.words()).contains("there is a file of that name already");
        assertThat(file).hasContent("mine");
        assertThat(files(elsewhere)).containsExactly(file);
    }

    @Test
    void nothing_is_left_where_nothing_can_be_copied() throws IOException {
        var site = new ServedSite(home, 0);
        var before = site.seat();
        assertThat(before.run("backup", elsewhere.toString())).isEqualTo(2);
        assertThat(before.words()).contains("there is no journal yet");
        assertThat(site.seat().run("status")).isZero();
        Path journal = site.store.resolve("backout.db");
        Files.write(journal, new byte[8192]);

        var seat = site.seat();
        assertThat(seat.run("backup", elsewhere.toString())).as(seat.text()).isEqualTo(2);

        assertThat(files(elsewhere)).isEmpty();
        var missing = site.seat();
        assertThat(missing.run("backup", elsewhere.resolve("no/such").toString())).isEqualTo(2);
    }
}
