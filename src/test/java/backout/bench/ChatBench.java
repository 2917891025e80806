package backout.bench;

import backout.fixture.Release;
import backout.run.RunId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How soon a slash command is acknowledged: the bot itself ({@code bot/backout serve}) beside the
 * smallest app of @slack/bolt, idle, and while the bot rolls back one time after the other and
 * another process keeps both cores busy.
 */
final class ChatBench implements Benchmark {
    private static final int WARM_UP = 3000;
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int REQUESTS = 1600;

    private final Figures figures = new Figures();
    private final Path work = Path.of("target/bench").toAbsolutePath();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        Files.createDirectories(work);
        var site = SmallSite.make(leavings);
        var relay = site.relay();
        var ours = leavings.add(ServedBot.start(relay, work.resolve("backout.log")));
        var bolt = leavings.add(BoltApp.start(work));
        var contestants = List.of(ours.process(), bolt);
        for (Contestant contestant : contestants) {
            load().send(contestant.port(), 16, WARM_UP / 16);
        }
        for (int round = 0; round < rounds; round++) {
            measure("idle", contestants);
        }
        try (var _ = new Busy(site, ours, figures)) {
            for (int round = 0; round < rounds; round++) {
                measure("busy", contestants);
            }
        }
        for (Contestant contestant : contestants) {
            contestant
                    .residentMegabytes()
                    .ifPresent(mb -> figures.add(contestant.name() + " memory (MB)", mb));
        }
        Bench.print(figures, "ms");
        return goals();
    }

    private List<Goal> goals() {
        var goals = new ArrayList<Goal>();
        goals.add(
                new Goal(
                        "P9 ack p50 at 1, idle, ratio to @slack/bolt",
                        figures.ratio("backout idle p50 at 1", "bolt idle p50 at 1"),
                        1.25));
        for (int connections : CONNECTIONS) {
            goals.add(
                    new Goal(
                            "P9 ack p99 at " + connections + " while rollbacks run, ms",
                            figures.median("backout busy p99 at " + connections),
                            100));
        }
        return goals;
    }

    private void measure(String when, List<Contestant> contestants) throws Exception {
        for (int connections : CONNECTIONS) {
            for (Contestant contestant : contestants) {
                double[] times =
                        load().send(contestant.port(), connections, REQUESTS / connections);
                String name = contestant.name() + " " + when;
                figures.add(name + " p50 at " + connections, SlackLoad.percentile(times, 0.5));
                figures.add(name + " p99 at " + connections, SlackLoad.percentile(times, 0.99));
            }
        }
    }

    private static SlackLoad load() {
        return new SlackLoad(Contestant.SIGNING_SECRET, "help");
    }

    /** Rollbacks in the measured bot, one after the other, and a compressor on both cores. */
    private static final class Busy implements AutoCloseable {
        private final SmallSite site;
        private final ServedBot bot;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Process compressor;
        private final Thread rollbacks;
        private final Figures figures;
        private int done;

        private Busy(SmallSite site, ServedBot bot, Figures figures) throws IOException {
            this.figures = figures;
            this.site = site;
            this.bot = bot;
            this.compressor =
                    new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "while :; do head -c 64M /dev/zero | zstd -T2 -19; done")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            this.rollbacks = Thread.ofPlatform().name("rollbacks").start(this::roll);
        }

        private void roll() {
            while (!stop.get()) {
                site.relay().site.upgradeTo(site.images().of(Release.HEALTH_500));
                long began = System.nanoTime();
                RunId id = bot.begin("compose claude-relay because bench");
                figures.add(
                        "backout busy, one that is journalled", (System.nanoTime() - began) / 1e6);
                bot.awaits("a plan", id, run -> run.planned().isPresent());
                bot.say("U1", "confirm " + id);
                bot.awaits("its end", id, run -> run.outcome().isPresent());
                done++;
            }
        }

        @Override
        public void close() throws Exception {
            stop.set(true);
            rollbacks.join();
            compressor.descendants().forEach(ProcessHandle::destroyForcibly);
            compressor.destroyForcibly().waitFor();
            System.out.println("rollbacks done meanwhile: " + done);
        }
    }
}
