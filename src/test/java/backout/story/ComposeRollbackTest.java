package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A real compose project on a real engine, upgraded to something broken and rolled back from the
 * command line.
 */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeRollbackTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    @ParameterizedTest
    @EnumSource(
            value = Release.class,
            names = {"CRASH_LOOP", "HEALTH_500", "SLOW", "IGNORES_TERM", "REDIS_DOWN"})
    void a_broken_release_is_rolled_back_and_proven(Release broken) throws IOException {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            relay.site.upgradeTo(RelayImages.shared().of(broken));
            String redis = relay.site.containerId(ComposeSite.REDIS);
            String before = Files.readString(relay.site.composeFile());

            Seat seat = relay.seat();
            int code = seat.run("run", "compose claude-relay because 5xx", "--as", "anna", "--yes");

            assertThat(code).as(seat.text()).isZero();
            assertThat(relay.site.imageId(ComposeSite.RELAY))
                    .isEqualTo(RelayImages.shared().idOf(Release.GOOD));
            assertThat(relay.site.containerId(ComposeSite.REDIS)).isEqualTo(redis);
            assertThat(relay.site.isHealthy()).isTrue();
            assertThat(relay.site.labelHash(ComposeSite.RELAY))
                    .isEqualTo(relay.site.composeHash(ComposeSite.RELAY));
            String after = Files.readString(relay.site.composeFile());
            assertThat(after.lines().filter(line -> !before.contains(line))).hasSize(1);
            assertThat(seat.words()).contains("proven").doesNotContain(relay.site.apiKey());
            String container = relay.site.containerId(ComposeSite.RELAY);
            relay.site.up();
            assertThat(relay.site.containerId(ComposeSite.RELAY)).isEqualTo(container);
        }
    }
}
