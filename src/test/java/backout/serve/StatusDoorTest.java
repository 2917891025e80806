package backout.serve;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Banner;
import backout.plan.Remedy;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Users of a service read what happened to it, and of no other. */
class StatusDoorTest {
    private static final TargetName SHOP = TargetName.of("dns/shop");
    private static final TargetName API = TargetName.of("compose/api");
    private static final TargetName HIDDEN = TargetName.of("compose/hidden");
    private static final String STANDBY = "系统已切换到备用环境，部分用户可能需要重新登录";

    @TempDir private Path folder;
    private final HandClock clock = new HandClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private SqlStore store;
    private Listener listener;

    @BeforeEach
    void open() {
        store = SqlStore.open(folder, clock);
        var site =
                new Site(
                        List.of(),
                        Map.of(
                                SHOP, target(SHOP, true),
                                API, target(API, true),
                                HIDDEN, target(HIDDEN, false)),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        folder,
                        Map.of("dns", Remedy.of(Remedy.Sort.STANDBY, Remedy.Difficulty.LOW)));
        assertThat(StatusDoor.isWanted(site)).isTrue();
        var door = new StatusDoor(() -> site, store.journal(), clock);
        listener = Listener.open("127.0.0.1:0", Map.of(StatusDoor.PATH, door));
    }

    @AfterEach
    void close() {
        listener.close();
        store.close();
        http.close();
    }

    private static Target target(TargetName name, boolean shown) {
        return new Target(
                name,
                "local",
                "some",
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                new Settings(Map.of(Banner.SETTING, shown)));
    }

    private HttpResponse<String> get(String path, String language)
            throws IOException, InterruptedException {
        var asked =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:" + listener.port() + "/status" + path))
                        .header("Accept-Language", language)
                        .build();
        return http.send(asked, HttpResponse.BodyHandlers.ofString());
    }

    private void happens(TargetName target, TargetEvent event) {
        store.journal().append(target, List.of(event));
        clock.pass(Duration.ofSeconds(6));
    }

    private TargetEvent rolledBack() {
        return new TargetEvent.Locked(clock.instant(), "li", Phrase.verbatim("5xx"), "7F3KQ");
    }

    @Test
    void a_run_puts_it_up_and_a_person_takes_it_down() throws Exception {
        assertThat(get("/shop", "en").body()).contains("Nothing to report.");
        assertThat(get("/shop?banner", "en").body()).contains("<body></body>");

        happens(SHOP, rolledBack());
        assertThat(get("/shop?banner", "en").body())
                .contains("The system has switched to its standby; some users may have to");
        assertThat(get("/shop?banner", "zh-CN").body()).contains("<p role=\"status\">" + STANDBY);
        assertThat(get("/shop?banner&lang=zh", "en").body()).contains(STANDBY);
        assertThat(get("/dns/shop", "zh").body()).contains(STANDBY).contains("UTC");

        happens(SHOP, new TargetEvent.BannerLifted(clock.instant(), "ben", "slack"));
        assertThat(get("/shop?banner", "en").body()).contains("<body></body>");
    }

    @Test
    void what_is_no_standby_is_not_called_one_and_forward_takes_it_down() throws Exception {
        happens(API, rolledBack());
        assertThat(get("/api", "en").body()).contains("back at its last stable release");
        happens(API, new TargetEvent.Unlocked(clock.instant(), "ben", Phrase.of("mended")));
        assertThat(get("/api", "en").body()).contains("back at its last stable release");
        happens(API, new TargetEvent.Unlocked(clock.instant(), "backout", Phrase.of("forward")));
        assertThat(get("/api", "en").body()).contains("Nothing to report.");
    }

    /** Strangers who ask again and again read the journal once in five seconds. */
    @Test
    void what_was_read_is_told_for_a_moment() throws Exception {
        assertThat(get("/shop", "en").body()).contains("Nothing to report.");
        store.journal().append(SHOP, List.of(rolledBack()));
        assertThat(get("/shop", "en").body()).contains("Nothing to report.");
        clock.pass(Duration.ofSeconds(6));
        assertThat(get("/shop", "en").body()).contains("standby");
    }

    @Test
    void of_a_target_that_is_not_to_be_shown_it_is_as_if_there_were_none() throws Exception {
        happens(HIDDEN, rolledBack());
        var hidden = get("/hidden", "en");
        var none = get("/none", "en");
        assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(none.statusCode());
        assertThat(hidden.body()).isEqualTo(none.body());
        assertThat(get("/%3Cscript%3E", "en").body()).doesNotContain("<script>");
    }
}
