package backout.bench;

import backout.Seat;
import backout.fixture.Await;
import backout.fixture.Release;
import backout.story.Deployed;

import java.util.List;

/**
 * A rollback of a service that runs from source, seen by a prober from outside, beside a restart of
 * the same process by hand. It boots in 0.6 s, as that of the other benchmarks.
 */
final class SourceBench implements Benchmark {
    private static final String FLOOR = "kill, start by hand: downtime";
    private static final String OURS = "backout: downtime";
    private static final String TOTAL = "backout: asked until proven";
    private static final double GOAL = 1.15;

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) {
        Deployed deployed =
                leavings.add(
                        new Deployed()
                                .booting("0.6")
                                .released(Release.GOOD, Release.GOOD_2)
                                .proven(Release.GOOD)
                                .run());
        for (int round = 0; round <= rounds; round++) {
            Bench.tell("round", String.valueOf(round), "of", String.valueOf(rounds));
            deployed.turned(Release.GOOD_2).restart().awaitAnswer();
            floor(deployed);
            backout(deployed);
            if (round == 0) {
                figures.forget();
            }
        }
        Bench.print(figures, "s");
        return List.of(
                new Goal(
                        "P6 downtime, ratio to a restart of the process",
                        figures.ratio(OURS, FLOOR),
                        GOAL));
    }

    private void floor(Deployed deployed) {
        try (var prober = new Prober(deployed.port())) {
            Await.until("probes", () -> prober.found().size() > 10);
            deployed.restart();
            figures.add(FLOOR, downtime(prober));
        }
    }

    private void backout(Deployed deployed) {
        try (var prober = new Prober(deployed.port())) {
            Await.until("probes", () -> prober.found().size() > 10);
            long began = System.nanoTime();
            requireProven(deployed.rollback("source relay to " + Release.GOOD.version()));
            figures.add(TOTAL, (System.nanoTime() - began) / 1e9);
            figures.add(OURS, downtime(prober));
        }
        if (!deployed.health().contains(Release.GOOD.version())) {
            throw new IllegalStateException("the good release does not run");
        }
    }

    static double downtime(Prober prober) {
        Await.until("the service is back", prober::isBack);
        return Downtime.longest(prober.found()).toNanos() / 1e9;
    }

    static void requireProven(Seat seat) {
        if (seat.exitCode() != 0) {
            throw new IllegalStateException("the rollback did not end well:\n" + seat.text());
        }
    }
}
