package backout.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.Seat;
import backout.fixture.Needs;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What a run would fail of half way is found when its plan is made. */
class ComposeReadyTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    /** Nothing is done, and this is said. */
    private static void refused(Relay relay, String... sentences) {
        var sight = relay.sight();
        Seat anna = relay.seat();
        int code = anna.run("run", "compose claude-relay", "--as", "anna", "--yes");
        assertThat(code).as(anna.text()).isEqualTo(1);
        assertThat(anna.words()).contains(sentences).contains("nothing changed");
        assertThat(relay.sight()).isEqualTo(sight);
        assertThat(relay.backups()).isEmpty();
    }

    @Test
    void a_secret_that_a_must_check_names_and_that_is_not_there_stops_the_plan()
            throws IOException {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            Path key = relay.home.resolve("api-key");
            Files.writeString(key, "\n");
            refused(
                    relay,
                    "the secret api-key that the check GET http",
                    "is empty or cannot be read");
        }
    }

    @Test
    void the_password_of_redis_is_needed_by_the_backup_alone() {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            relay.target("redis: {service: redis, password: \"env:BACKOUT_NO_SUCH_VARIABLE\"}");
            refused(
                    relay,
                    "the password of Redis that the backup needs is not there: the variable"
                            + " BACKOUT_NO_SUCH_VARIABLE is not set");
            Seat ben = relay.seat();
            String words = "compose claude-relay without data backup because 5xx";
            assertThat(ben.run("run", words, "--as", "ben", "--yes")).as(ben.text()).isZero();
        }
    }

    @Test
    void redis_that_does_not_answer_is_told_and_stops_nothing() {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            relay.target("redis: {address: \"127.0.0.1:1\"}");
            Seat anna = relay.seat();
            int code = anna.run("run", "compose claude-relay", "--as", "anna", "--yes");
            assertThat(code).as(anna.text()).isZero();
            assertThat(anna.words()).contains("Redis is not backed up: Redis did not answer INFO");
            assertThat(relay.backups()).isNotEmpty();
        }
    }

    @Test
    void a_folder_that_the_way_back_needs_must_be_one() throws IOException {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            Files.writeString(relay.home.resolve("var/artifacts"), "");
            refused(relay, "the run must write here and cannot: it is no folder");
        }
    }

    @Test
    void a_compose_file_that_nobody_may_change_is_found() throws Exception {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            Path file = relay.site.composeFile();
            assumeTrue(chattr("+i", file), "no file system with flags here, or not root");
            try {
                refused(relay, file.toString(), "the run must write here and cannot");
                Seat check = relay.seat();
                check.run("check", "--live");
                assertThat(check.words())
                        .contains("cannot be rolled back: " + file)
                        .contains("the run must write here and cannot");
            } finally {
                chattr("-i", file);
            }
            assumeTrue(
                    chattr("+i", Objects.requireNonNull(file.getParent())),
                    "no folders with flags here");
            try {
                refused(
                        relay,
                        Objects.requireNonNull(file.getParent()).toString(),
                        "it may not be changed, even by root");
            } finally {
                chattr("-i", Objects.requireNonNull(file.getParent()));
            }
        }
    }

    private static boolean chattr(String flag, Path path) throws Exception {
        try {
            return new ProcessBuilder("chattr", flag, path.toString()).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
