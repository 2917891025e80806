package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.report.Say;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;

/** Which release it goes back to, and what is refused before anything is touched. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class ComposeChoiceTest {
    private static final String GONE =
            "sha256:00000000000000000000000000000000000000000000000000000000000000aa";

    @BeforeEach
    void needs() {
        Needs.relay();
    }

    private static void refused(Relay relay, String words, String... sentences) {
        var sight = relay.sight();
        Seat anna = relay.seat();
        assertThat(anna.run("run", words, "--as", "anna", "--yes")).as(anna.text()).isEqualTo(1);
        assertThat(anna.text().replaceAll("\\s+", " ")).contains(sentences);
        assertThat(relay.sight()).isEqualTo(sight);
        assertThat(relay.protectiveTags()).isEmpty();
        assertThat(relay.backups()).isEmpty();
    }

    @Test
    void what_is_not_known_here_is_refused_and_a_person_can_pick() {
        try (var relay = new Relay(Release.HEALTH_500)) {
            var images = RelayImages.shared();
            refused(relay, "compose claude-relay", "no release of it is proven good yet");

            relay.seen(images.idOf(Release.GOOD_2), images.of(Release.GOOD_2), "1.2.0");
            refused(
                    relay,
                    "compose claude-relay",
                    "pick one yourself: compose claude-relay to 1.2.0 (never proven, "
                            + images.of(Release.GOOD_2));

            refused(
                    relay,
                    "compose claude-relay to elsewhere/other:1.0",
                    "elsewhere/other is not a repository that this target may run",
                    "allowed: " + images.repository());

            String gone = images.repository() + ":1.0.9";
            relay.proven(GONE, gone, "1.0.9");
            refused(relay, "compose claude-relay", "the image of release 1.0.9 is gone", gone);

            String redis = relay.site.containerId(ComposeSite.REDIS);
            Seat anna = relay.asks("compose claude-relay to 1.2.0");
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            assertThat(anna.words()).contains("release 1.2.0 was never proven here");
            relay.assertRuns(Release.GOOD_2);
            relay.assertSettled(redis);
        }
    }

    @Test
    void a_plan_to_what_can_never_be_had_ends_with_2() {
        try (var relay = new Relay(Release.HEALTH_500)) {
            relay.provenGood(Release.GOOD);
            String now = RelayImages.shared().of(Release.HEALTH_500);
            for (String release :
                    List.of("no-such", now, "elsewhere/else:1", "a:b:c", "sha256:12", "Ä")) {
                Seat plan = relay.seat();
                int code = plan.run("plan", "compose claude-relay to " + release);
                assertThat(code).as(release + ": " + plan.text()).isEqualTo(2);
            }
            relay.site.engine().docker("tag", now, RelayImages.shared().repository() + ":x");
            Seat plan = relay.seat();
            assertThat(plan.run("plan", "compose claude-relay to x")).as(plan.text()).isEqualTo(2);
            relay.site.engine().remove(RelayImages.shared().repository() + ":x");
        }
    }

    @Test
    void what_was_good_and_is_marked_is_never_passed_over_in_silence() {
        try (var relay = new Relay(Release.HEALTH_500)) {
            var images = RelayImages.shared();
            String good = images.idOf(Release.GOOD);
            relay.provenGood(Release.GOOD)
                    .note(new TargetEvent.MarkedBad(Relay.now(), good, Phrase.of("5xx"), "li"));
            refused(
                    relay,
                    "compose claude-relay",
                    "no release of it is good: what was is marked bad",
                    "(it was good, and is marked bad: 5xx; if it is not: mark good");

            relay.seen(images.idOf(Release.GOOD_2), images.of(Release.GOOD_2), "1.2.0")
                    .note(
                            new TargetEvent.FoundGood(
                                    Relay.now(),
                                    images.idOf(Release.GOOD_2),
                                    "1.2.0",
                                    List.of(Phrase.of("it is slow"))));
            relay.provenGood(Release.GOOD);
            Seat plan = relay.seat();
            assertThat(plan.run("plan", "compose claude-relay")).as(plan.text()).isZero();
            assertThat(plan.text().replaceAll("\\s+", " "))
                    .contains("was passed over: marked bad because 5xx")
                    .contains("release 1.2.0 is good, but it is slow");
        }
    }

    @Test
    void latest_is_resolved_and_never_written() {
        try (var relay = new Relay(Release.HEALTH_500)) {
            var images = RelayImages.shared();
            String latest = images.repository() + ":latest";
            relay.site.engine().docker("tag", images.of(Release.GOOD_2), latest);
            try {
                String redis = relay.site.containerId(ComposeSite.REDIS);
                Seat anna = relay.asks("compose claude-relay to latest");
                assertThat(anna.exitCode()).as(anna.text()).isZero();
                assertThat(anna.words()).contains(Say.digests(images.idOf(Release.GOOD_2)));
                assertThat(relay.composeText()).doesNotContain(":latest");
                relay.assertRuns(Release.GOOD_2);
                relay.assertSettled(redis);
            } finally {
                relay.site.engine().remove(latest);
            }
        }
    }

    @Test
    void a_port_that_somebody_else_took_is_told_and_a_stopped_service_is_rolled_back()
            throws IOException {
        try (var relay = new Relay(Release.HEALTH_500).provenGood(Release.GOOD)) {
            String redis = relay.site.containerId(ComposeSite.REDIS);
            relay.site.compose("stop", "--timeout", "1", ComposeSite.RELAY);
            int port = URI.create(relay.site.url()).getPort();
            try (var thief = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                refused(
                        relay,
                        "compose claude-relay",
                        "port " + thief.getLocalPort() + " is taken by something else",
                        "ss -tlnp sport = :" + port);
            }
            Seat anna = relay.asks("compose claude-relay");
            assertThat(anna.exitCode()).as(anna.text()).isZero();
            relay.assertRuns(Release.GOOD);
            relay.assertSettled(redis);
        }
    }
}
