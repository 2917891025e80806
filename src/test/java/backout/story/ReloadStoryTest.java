package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** The files of a bot that serves are edited. */
class ReloadStoryTest {
    private static final String BOTH =
            "targets: {sim/relay: {policy: some}, sim/shop: {policy: some}}\n";

    @TempDir Path home;

    private static void stands(ServedSite served) {
        Await.until(
                "it is seen", () -> served.asks("/readyz").text().contains("have changed since"));
        served.clock.pass(Duration.ofSeconds(3));
    }

    @Test
    void a_target_and_a_command_are_added_and_a_target_removed_without_a_restart() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/targets.yml", BOTH);
            stands(served);
            Await.until(
                    "it is looked at",
                    () -> served.asks("/readyz").text().contains("target sim/shop"));
            assertThat(served.asks("/healthz").text()).contains("watch sim/shop");
            served.site.write("config/targets.yml", "targets: {sim/shop: {policy: some}}\n");
            stands(served);
            Await.until(
                    "the other one is not looked at",
                    () -> !served.asks("/readyz").text().contains("target sim/relay"));
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_broken_file_keeps_nobody_from_rolling_back() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/people.yml", "people: {li: {level: L9}}\n");
            stands(served);
            Await.until("it is told", () -> served.asks("/readyz").text().contains("is refused"));
            assertThat(served.asks("/readyz").status()).isEqualTo(200);
        }
    }
}
