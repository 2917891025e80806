package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.archive.Artifacts;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.config.SiteLoader;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.ComposeSite;
import backout.fixture.Kinds;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Workplace;
import backout.operations.Tidying;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** On a real engine: which protective tags go, and which never do. */
class ProtectiveTagsTest {
    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static String tag(Release release) {
        String hex = RelayImages.shared().idOf(release).substring("sha256:".length());
        return RelayImages.shared().repository() + ":backout-" + hex.substring(0, 12);
    }

    @Test
    void a_good_release_outlives_its_own_tag_and_one_that_is_gone_is_said_so() {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            var engine = relay.site.engine();
            engine.docker("tag", RelayImages.shared().of(Release.GOOD_2), copy());
            relay.proven(relay.engineId(copy()), copy(), "1.2.0");
            relay.watched();
            assertThat(relay.protectiveTags()).contains(tag(Release.GOOD));

            relay.proven("sha256:" + "0".repeat(62) + "aa", "backout-gone:1", "1.0.9");
            relay.watched();
            Seat status = relay.seat();
            assertThat(status.run("status")).isZero();
            assertThat(status.words()).contains("nothing: of 1.0.9 its image");
            engine.remove(copy());
        }
    }

    private static String copy() {
        return RelayImages.shared().repository() + ":copy";
    }

    private static void tidy(Relay relay, Duration later) {
        var loader = new SiteLoader(Kinds.SHIPPED, List.of(SlackChat.KEYS, DiscordChat.KEYS));
        var site = loader.load(relay.home.resolve("commands"), relay.home.resolve("config")).site();
        InstantSource clock = InstantSource.offset(InstantSource.system(), later);
        var executor =
                ComposeExecutor.of(
                        Workplace.local(
                                "unix:///var/run/docker.sock",
                                relay.home.resolve("var"),
                                clock,
                                System::nanoTime));
        try (SqlStore store = relay.store()) {
            new Tidying(
                            () -> site,
                            _ -> executor,
                            store.journal(),
                            store.leases(),
                            new Artifacts(
                                    relay.home.resolve("var/artifacts"),
                                    relay.home.resolve("var/key.txt")),
                            store::forgetMessages,
                            new Tidying.Limits(Duration.ofDays(30), Duration.ofDays(7)),
                            clock)
                    .once();
        }
    }

    @Test
    void the_tag_of_the_bad_release_goes_when_it_is_old_and_the_good_one_stays() {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD);
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            Seat seat = relay.seat();
            int code = seat.run("run", "compose claude-relay", "--as", "anna", "--yes");
            assertThat(code).as(seat.text()).isZero();
            List<String> both = relay.protectiveTags();
            assertThat(both).contains(tag(Release.GOOD), tag(Release.HEALTH_500));

            tidy(relay, Duration.ofDays(29));
            assertThat(relay.protectiveTags()).as("a month is not over").isEqualTo(both);

            tidy(relay, Duration.ofDays(31));

            assertThat(relay.protectiveTags())
                    .contains(tag(Release.GOOD))
                    .doesNotContain(tag(Release.HEALTH_500));
            assertThat(
                            relay.site
                                    .engine()
                                    .attempt(
                                            "image",
                                            "inspect",
                                            RelayImages.shared().idOf(Release.HEALTH_500))
                                    .ok())
                    .as("the image itself is nobody's to remove")
                    .isTrue();
            relay.assertRuns(Release.GOOD);
        }
    }

    @Test
    void what_an_open_run_may_need_stays_however_old_it_is() {
        try (var relay = new Relay(Release.GOOD)) {
            relay.provenGood(Release.GOOD).policy(1);
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            Seat asking = relay.asks("compose claude-relay");
            asking.until("approve " + asking.runId());
            List<String> both = relay.protectiveTags();
            assertThat(both).contains(tag(Release.GOOD), tag(Release.HEALTH_500));

            tidy(relay, Duration.ofDays(400));

            assertThat(relay.protectiveTags()).isEqualTo(both);
            asking.interrupt();
            asking.exitCode();
        }
    }

    @Test
    void the_only_tag_of_an_image_stays() {
        try (var relay = new Relay(Release.GOOD)) {
            String image = "backout-only-" + relay.site.project();
            var engine = relay.site.engine();
            var id =
                    engine.docker(
                            "commit",
                            "--change",
                            "LABEL only=" + image,
                            relay.site.containerId(ComposeSite.RELAY));
            String only =
                    RelayImages.shared().repository()
                            + ":backout-"
                            + id.strip().substring("sha256:".length(), "sha256:".length() + 12);
            engine.docker("tag", id.strip(), only);
            try {
                tidy(relay, Duration.ofDays(400));

                assertThat(relay.protectiveTags()).contains(only);
                assertThat(engine.attempt("image", "inspect", id.strip()).ok()).isTrue();
            } finally {
                engine.attempt("image", "rm", only);
            }
        }
    }
}
