package backout.bench;

import backout.fixture.Await;
import backout.fixture.Release;
import backout.story.Lone;

import java.util.List;

/**
 * A rollback of a single container, seen by a prober from outside, beside a stop and a start of the
 * same container, which nobody who changes its image can do without.
 */
final class ContainerBench implements Benchmark {
    private static final String FLOOR = "docker stop, docker start: downtime";
    private static final String OURS = "backout: downtime";
    private static final String TOTAL = "backout: asked until proven";
    private static final double GOAL = 1.15;

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) {
        Lone lone = leavings.add(new Lone(Release.GOOD_2).proven(Release.GOOD));
        for (int round = 0; round <= rounds; round++) {
            Bench.tell("round", String.valueOf(round), "of", String.valueOf(rounds));
            lone.run(Release.GOOD_2).awaitAnswer();
            floor(lone);
            backout(lone);
            if (round == 0) {
                figures.forget();
            }
        }
        Bench.print(figures, "s");
        return List.of(
                new Goal(
                        "P6 downtime, ratio to stop + start of the same container",
                        figures.ratio(OURS, FLOOR),
                        GOAL));
    }

    private void floor(Lone lone) {
        try (var prober = new Prober(lone.port())) {
            Await.until("probes", () -> prober.found().size() > 10);
            lone.engine().docker("stop", lone.name());
            lone.engine().docker("start", lone.name());
            figures.add(FLOOR, SourceBench.downtime(prober));
        }
    }

    private void backout(Lone lone) {
        try (var prober = new Prober(lone.port())) {
            Await.until("probes", () -> prober.found().size() > 10);
            long began = System.nanoTime();
            SourceBench.requireProven(
                    lone.rollback("container relay to " + Release.GOOD.version()));
            figures.add(TOTAL, (System.nanoTime() - began) / 1e9);
            figures.add(OURS, SourceBench.downtime(prober));
        }
        if (!lone.runs(Release.GOOD)) {
            throw new IllegalStateException("the good release does not run");
        }
    }
}
