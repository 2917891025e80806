package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/** The files of a bot that serves are edited. */
class ReloadStoryTest {
    private static final String BOTH =
            "targets: {sim/relay: {policy: some}, sim/shop: {policy: some}}\n";

    @TempDir Path home;

    /** Time goes by meanwhile: the files stand still. */
    private static void until(ServedSite served, String what, Predicate<String> ready) {
        Await.until(
                what,
                () -> {
                    served.clock.pass(Duration.ofSeconds(1));
                    return ready.test(served.asks("/readyz").text());
                });
    }

    @Test
    void a_target_is_added_and_another_removed_without_a_restart() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/targets.yml", BOTH);
            until(served, "it is looked at", text -> text.contains("target sim/shop"));
            assertThat(served.asks("/healthz").text()).contains("watch sim/shop");
            served.site.write("config/targets.yml", "targets: {sim/shop: {policy: some}}\n");
            until(served, "the other is not", text -> !text.contains("target sim/relay"));
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
            assertThat(served.seat().run("check")).isZero();
        }
    }

    @Test
    void a_broken_file_keeps_nobody_from_rolling_back() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/people.yml", "people: {li: {level: L9}}\n");
            until(served, "it is told", text -> text.contains("is refused"));
            assertThat(served.asks("/readyz").json().path("not-ready")).isEmpty();
        }
    }
}
