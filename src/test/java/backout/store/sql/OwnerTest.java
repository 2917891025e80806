package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.problem.ProblemException;
import backout.run.HandClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Several users at one state folder: one command as root must not stop the bot of another. */
final class OwnerTest {
    private static final int OTHER = 61234;

    @TempDir Path temp;

    @Test
    void the_folder_of_another_user_is_refused_with_what_to_type_and_left_as_it_is()
            throws IOException {
        Path folder = Files.createDirectory(temp.resolve("state"));
        assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
        Files.setAttribute(folder, "unix:uid", OTHER);

        assertThatThrownBy(() -> SqlStore.open(folder, new HandClock()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("belongs to the user " + OTHER)
                .hasMessageContaining("sudo -u '#" + OTHER + "' bot/backout");
        assertThatThrownBy(() -> SqlStore.refuseOthers(folder))
                .hasMessageContaining("belongs to the user");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ones_own_folder_and_one_that_is_not_there_yet_are_opened() {
        SqlStore.open(temp, new HandClock()).close();
        SqlStore.open(temp.resolve("new"), new HandClock()).close();
        assertThat(temp.resolve("new/backout.db")).exists();
    }

    /** Left by another user: it cannot be opened, so nobody can tell whether its process lives. */
    @Test
    void a_proof_of_life_that_cannot_be_opened_stops_nobody() throws IOException {
        Files.createDirectories(temp.resolve("holders/0123456789abcdef-0123456789abcdef"));
        try (var store = SqlStore.open(temp, new HandClock())) {
            assertThat(store.leases().take("k", Duration.ofMinutes(1))).isPresent();
        }
        assertThat(Holder.isDead(temp.resolve("holders"), "0123456789abcdef-0123456789abcdef"))
                .isFalse();
    }
}
