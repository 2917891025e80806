package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Bind;
import backout.fixture.ComposeSite;
import backout.fixture.FakeVercel;
import backout.fixture.Needs;
import backout.fixture.Places;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Outcome.Result;
import backout.run.Run;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A front end on Vercel, its back end in compose and the names that lead to both go back in one
 * run, by processes that SIGKILL ends again and again: whenever a step is done and not yet noted.
 */
@Order(2)
class GroupKillTest {
    private static final String NOTED =
            "before"
                + " (StepDone|ReceiptKept|SwitchBegan|Checked/AFTER_SWITCH|Settled|Finished).*|after"
                + " Finished";

    private static final String GROUP =
            """
            groups:
              site:
                targets: [vercel/vidfab, compose/claude-relay, dns/vidfab]
            """;

    @BeforeAll
    static void needs() {
        Needs.relay();
        Needs.program("named");
        Needs.program("nsupdate");
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void three_kinds_go_back_together_whatever_dies() throws Exception {
        try (var relay = new Relay(Release.GOOD);
                var vercel = new FakeVercel();
                var places = new Places();
                var names = Bind.primary()) {
            vercel.deploy("dpl_good", "1111111aaaa")
                    .deploy("dpl_bad", "2222222bbbb")
                    .serve("dpl_bad", 1, 2)
                    .answering("dpl_bad", 500);
            places.answering(DnsSite.FORMER, 500).answering(DnsSite.STANDBY, 200);
            relay.provenGood(Release.GOOD);
            proven(relay);
            relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
            targets(relay, vercel, places, names);
            try (var creations = new Creations(relay.site.project());
                    var killed = new Killed(relay, "group site because 5xx", NOTED)) {
                killed.toTheEnd();

                assertThat(Run.of(killed.events()).outcome().orElseThrow().result())
                        .as(killed.text())
                        .isEqualTo(Result.PROVEN);
                assertThat(creations.expect(1)).containsExactly(ComposeSite.RELAY);
                assertThat(relay.site.imageId(ComposeSite.RELAY))
                        .isEqualTo(RelayImages.shared().idOf(Release.GOOD));
                assertThat(vercel.changes()).hasSize(1);
                assertThat(vercel.complaints()).isEmpty();
                assertThat(names.world()).contains("www.vidfab.test.\t60\tIN\tA\t127.0.9.2");
                assertThat(killed.places())
                        .as(killed.text())
                        .hasSizeGreaterThan(6)
                        .anyMatch(place -> place.contains("StepDone/FORWARD 1"));
            }
        }
    }

    private static void proven(Relay relay) {
        try (var store = relay.store()) {
            store.journal()
                    .append(
                            new TargetName("vercel", "vidfab"),
                            List.of(
                                    new TargetEvent.Seen(
                                            Relay.now(), "dpl_good", "https://x", "", ""),
                                    new TargetEvent.FoundGood(Relay.now(), "dpl_good", "")));
        }
    }

    private static void targets(Relay relay, FakeVercel vercel, Places places, Bind names) {
        Path config = relay.home().resolve("config");
        relay.config("groups.yml", GROUP)
                .config("people.yml", "people:\n  anna: {level: L2}\n  ben: {level: L2}\n")
                .config("token", FakeVercel.TOKEN)
                .config("key", Bind.KEY);
        String more =
                """
                  vercel/vidfab:
                    policy: production
                    good-after: 5s
                    soak: 0s
                    project: vidfab
                    team: %s
                    token: file:%s
                    api: %s
                    url: %s
                    version: GET {url}/version [BODY].version
                  dns/vidfab:
                    policy: production
                    good-after: 5s
                    soak: 0s
                    zone: vidfab.test
                    names: ["@", www]
                    standby: [%s]
                    servers: ["%s"]
                    resolvers: ["%s"]
                    key: file:%s
                    url: http://vidfab.test:%d
                """
                        .formatted(
                                FakeVercel.TEAM,
                                config.resolve("token"),
                                vercel.api(),
                                vercel.domain(1),
                                DnsSite.STANDBY,
                                names.address(),
                                names.address(),
                                config.resolve("key"),
                                places.port());
        try {
            relay.config("targets.yml", Files.readString(config.resolve("targets.yml")) + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
