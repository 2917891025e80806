package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.archive.AgeKey;
import backout.archive.Backup;
import backout.archive.Manifest;
import backout.archive.Space;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What is saved before a switch can be read back, Redis as Redis itself wrote it. */
class BackupStoryTest {
    @Test
    void files_data_and_a_redis_dump_are_saved_before_the_switch() throws IOException {
        Needs.relay();
        try (var relay = new Relay(Release.GOOD)) {
            relay.target(
                    """
                    redis:
                      address: 127.0.0.1:%d
                      service: redis
                    """
                            .formatted(relay.site.redisPort()));
            relay.provenGood(Release.GOOD);
            Files.writeString(relay.site.folder().resolve("data/accounts.json"), "{}");
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            String redis = relay.site.containerId(ComposeSite.REDIS);

            var seat = relay.seat();
            int code = seat.run("run", "compose because 5xx", "--as", "anna", "--yes");

            assertThat(code).as(seat.text()).isZero();
            assertThat(seat.words()).contains("Redis by BGSAVE", "read back and compared");
            assertThat(relay.site.containerId(ComposeSite.REDIS)).isEqualTo(redis);
            assertThat(saved(relay))
                    .anyMatch(name -> name.endsWith("docker-compose.yml"))
                    .anyMatch(name -> name.endsWith(".env"))
                    .anyMatch(name -> name.endsWith("accounts.json"))
                    .contains("redis/dump.rdb")
                    .noneMatch(name -> name.contains("appendonly"));
        }
    }

    private static List<String> saved(Relay relay) throws IOException {
        Path var = relay.home.resolve("var");
        var backup =
                new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "local",
                        "test",
                        Optional.of(AgeKey.load(var.resolve("key.txt"))));
        try (var archives = Files.list(var.resolve("backups/claude-relay"))) {
            Path archive =
                    archives.filter(path -> path.toString().endsWith(".age"))
                            .filter(path -> !path.toString().contains("manifest"))
                            .findFirst()
                            .orElseThrow();
            return backup.verify(archive).entries().stream().map(Manifest.Entry::path).toList();
        }
    }
}
