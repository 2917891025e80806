package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What is saved before a switch can be read back, Redis as Redis itself wrote it. */
class BackupStoryTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @Test
    void files_data_and_a_redis_that_publishes_no_port_are_saved_and_opened() throws IOException {
        try (var relay = new Relay(Release.GOOD)) {
            relay.target("redis: {service: redis}");
            String mount = "    volumes:\n      - ./redis_data:/data\n";
            assertThat(relay.composeText()).contains(mount);
            relay.composeText(relay.composeText().replace(mount, ""));
            relay.site.compose("up", "--detach", ComposeSite.REDIS);
            relay.provenGood(Release.GOOD);
            Path folder = relay.site.folder();
            Files.writeString(folder.resolve("data/accounts.json"), "{}");
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            String redis = relay.site.containerId(ComposeSite.REDIS);
            String before = relay.composeText();

            var seat = relay.seat();
            int code = seat.run("run", "compose because 5xx", "--as", "anna", "--yes");

            assertThat(code).as(seat.text()).isZero();
            assertThat(seat.words()).contains("Redis by BGSAVE", "read back and compared");
            assertThat(relay.site.containerId(ComposeSite.REDIS)).isEqualTo(redis);
            Path open = relay.home.resolve("open");
            var opening = relay.seat();
            String run = relay.lastRun().text();
            assertThat(opening.run("open", run, open.toString())).as(opening.text()).isZero();
            assertThat(opening.text()).contains("data/accounts.json", "docker-compose.yml");
            assertThat(open.resolve("docker-compose.yml")).content().isEqualTo(before);
            assertThat(open.resolve(".env")).hasSameBinaryContentAs(folder.resolve(".env"));
            assertThat(open.resolve("data/accounts.json")).content().isEqualTo("{}");
            assertThat(open.resolve("backout-redis/dump.rdb")).isNotEmptyFile();
            assertThat(open.resolve("redis_data")).doesNotExist();
            for (String secret : List.of("var/backups", "var/backups/claude-relay")) {
                assertThat(Files.getPosixFilePermissions(relay.home.resolve(secret)))
                        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    @Test
    void a_run_that_is_cancelled_pushes_no_backup_out() {
        try (var relay = new Relay(Release.GOOD)) {
            relay.target("backup: {keep: 1}").provenGood(Release.GOOD);
            relay.deploy(Release.HEALTH_500);
            assertThat(relay.asks("compose because 5xx").exitCode()).isZero();
            List<Path> real = relay.backups();
            assertThat(real).isNotEmpty();

            relay.deploy(Release.HEALTH_500).policy(1);
            Seat asking = relay.asks("compose because again");
            asking.until("approve " + asking.runId());
            assertThat(relay.backups()).containsAll(real).hasSizeGreaterThan(real.size());
            relay.seat().run("cancel", asking.runId(), "--as", "anna");
            asking.exitCode();

            assertThat(relay.backups()).isEqualTo(real);
        }
    }

    @Test
    void data_that_cannot_be_saved_stops_nothing_and_is_told() throws IOException {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            try (var holes =
                    new RandomAccessFile(
                            relay.site.folder().resolve("data/holes").toFile(), "rw")) {
                holes.setLength(2L << 40);
            }
            relay.deploy(Release.HEALTH_500);

            Seat anna = relay.seat();
            int code = anna.run("run", "compose because 5xx", "--as", "anna", "--yes");

            assertThat(code).as(anna.text()).isZero();
            assertThat(anna.words())
                    .contains("the data is not backed up: there are 2.2 TB to be read")
                    .contains("back up the compose files and env files, not the data");
            relay.assertRuns(Release.GOOD);
        }
    }

    @Test
    void without_data_backup_needs_one_level_more_and_a_reason() {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            relay.deploy(Release.HEALTH_500);
            String words = "compose claude-relay without data backup";

            Seat anna = relay.seat();
            assertThat(anna.run("run", words + " because x", "--as", "anna", "--yes")).isEqualTo(2);
            assertThat(anna.words()).contains("is for L2 and above, anna is L1");
            Seat silent = relay.seat();
            assertThat(silent.run("run", words, "--as", "ben", "--yes")).isEqualTo(2);
            assertThat(silent.words()).contains("needs a reason");
            Seat ben = relay.seat();
            int code = ben.run("run", words + " because it burns", "--as", "ben", "--yes");
            assertThat(code).as(ben.text()).isZero();
            assertThat(ben.words()).contains("the data is not backed up: said so");
            relay.assertRuns(Release.GOOD);
        }
    }
}
