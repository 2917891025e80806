package backout.bench;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.ComposeSite;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.fixture.SecondMachine;
import backout.host.Hosts;
import backout.host.Machine;
import backout.host.SshHost;
import backout.plan.Secrets;
import backout.story.Relay;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The same rollback of the same project on the same engine, once as the bot's own machine's and
 * once as another machine's, over SSH: what the way costs. The own one is measured twice in each
 * round: what lies between those two is the noise.
 */
final class HostBench implements Benchmark {
    private static final String LOCAL = "local: downtime";
    private static final String AGAIN = "local once more: downtime";
    private static final String FAR = "over SSH: downtime";
    private static final String LOCAL_TOTAL = "local: asked until proven";
    private static final String FAR_TOTAL = "over SSH: asked until proven";

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) {
        Relay relay = leavings.add(new Relay(Release.GOOD_2).provenGood(Release.GOOD));
        int port = Await.freePort();
        Machine second =
                leavings.add(SecondMachine.wayTo(relay.site.folder(), port)).machine("root", port);
        var host = new SshHost(second, Optional.empty(), new Secrets(_ -> ""));
        relay.reaching(leavings.add(Hosts.of(List.of(host))));
        describe(relay, second);
        for (int round = 0; round <= rounds; round++) {
            Bench.tell("round", String.valueOf(round), "of", String.valueOf(rounds));
            measure(relay, "", LOCAL, LOCAL_TOTAL);
            measure(relay, "host: ssh:second", FAR, FAR_TOTAL);
            measure(relay, "", AGAIN, AGAIN + ", total");
            if (round == 0) {
                figures.forget();
            }
        }
        Bench.print(figures, "s");
        double noise = Math.abs(figures.ratio(AGAIN, LOCAL) - 1);
        return List.of(
                new Goal(
                        "downtime over SSH, ratio to local",
                        figures.ratio(FAR, LOCAL),
                        1.1 + noise));
    }

    private static void describe(Relay relay, Machine second) {
        relay.config(
                "hosts.yml",
                """
                hosts:
                  second: {address: "%s", port: %d, user: root, key: "%s", host-key: %s}
                """
                        .formatted(
                                second.address(),
                                second.port(),
                                second.key(),
                                second.hostKey().orElseThrow()));
    }

    private void measure(Relay relay, String where, String downtime, String total) {
        relay.target(where + "\nredis: {service: redis}");
        relay.site.upgradeTo(RelayImages.shared().of(Release.GOOD_2));
        relay.site.awaitHealthy();
        try (var prober = new Prober(URI.create(relay.site.url()).getPort())) {
            Await.until("probes", () -> prober.found().size() > 10);
            long began = System.nanoTime();
            Seat anna =
                    relay.asks("compose claude-relay to " + RelayImages.shared().of(Release.GOOD));
            if (anna.exitCode() != 0) {
                throw new IllegalStateException("the rollback did not end well:\n" + anna.text());
            }
            figures.add(total, (System.nanoTime() - began) / 1e9);
            Await.until("the service is back", prober::isBack);
            figures.add(downtime, Downtime.longest(prober.found()).toNanos() / 1e9);
        }
        if (!relay.site
                .imageId(ComposeSite.RELAY)
                .equals(RelayImages.shared().idOf(Release.GOOD))) {
            throw new IllegalStateException("the good release does not run");
        }
    }
}
