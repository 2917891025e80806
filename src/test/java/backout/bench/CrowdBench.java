package backout.bench;

import backout.CrowdedMain;
import backout.fixture.Await;
import backout.fixture.ComposeSite;
import backout.fixture.Release;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Run;
import backout.run.RunId;
import backout.story.Relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One bot with a thousand approvals that are still missing, each with its timers, fifty simulated
 * rollbacks and two real ones in the middle of their switch: how soon it acknowledges, and how soon
 * it has all of them again after it was killed.
 */
final class CrowdBench implements Benchmark {
    private static final int WAITING = 1000;
    private static final int SIMULATED = 50;
    private static final int CONNECTIONS = 64;
    private static final int REQUESTS_EACH = 100;

    /** A simulated move takes longer than the whole benchmark. */
    private static final List<String> BACKOUT = Launcher.words(CrowdedMain.class, "3600");

    /** And after the kill no time, so that who goes on is seen to. */
    private static final List<String> AFTERWARDS = Launcher.words(CrowdedMain.class, "0");

    private final Figures figures = new Figures();
    private final Path log = Path.of("target/bench/crowd.log").toAbsolutePath();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        Files.createDirectories(log.getParent());
        var first = SmallSite.make(leavings);
        Relay relay = first.relay();
        var second = leavings.add(second(first));
        simulated(relay);
        try (var begun = ServedBot.start(relay, log, BACKOUT)) {
            var bot = new Crowded(begun, List.of(relay.site, second), first);
            List<RunId> waiting = bot.begin("waits", WAITING, Run::isConfirmed);
            List<RunId> moving = bot.begin("moves", SIMULATED, Run::hasBegunSwitch);
            Bench.tell(WAITING + " wait, " + SIMULATED + " move");
            acknowledge(bot, rounds);
            moving.addAll(bot.roll(CrowdBench::isInTheMiddle));
            recover(begun, relay, waiting.getLast(), moving);
        }
        Bench.print(figures, "ms");
        return List.of(
                new Goal("ack p99 at 64, ms", figures.median("ack p99 at 64"), 100),
                new Goal(
                        "until all go on after SIGKILL, ms",
                        figures.median("go on after SIGKILL"),
                        5000));
    }

    private void acknowledge(Crowded bot, int rounds) throws Exception {
        var stop = new AtomicBoolean();
        Thread rollbacks =
                Thread.ofPlatform()
                        .name("rollbacks")
                        .start(() -> {
                            while (!stop.get()) {
                                bot.roll(run -> run.outcome().isPresent());
                            }
                        });
        var load = new SlackLoad(Contestant.SIGNING_SECRET, "help");
        int port = bot.bot().process().port();
        load.send(port, CONNECTIONS, REQUESTS_EACH);
        for (int round = 0; round < rounds; round++) {
            double[] times = load.send(port, CONNECTIONS, REQUESTS_EACH);
            figures.add("ack p50 at 64", SlackLoad.percentile(times, 0.5));
            figures.add("ack p99 at 64", SlackLoad.percentile(times, 0.99));
        }
        stop.set(true);
        rollbacks.join();
    }

    /** From the death of one process until the next drives what was cut off and hears a vote. */
    private void recover(ServedBot killed, Relay relay, RunId waiting, List<RunId> moving) {
        Map<RunId, Integer> known = new HashMap<>();
        long began = System.nanoTime();
        try (var bot = killed.killedAndStarted(relay, log, AFTERWARDS)) {
            moving.forEach(id -> known.put(id, killed.read(id).version()));
            figures.add("listens after SIGKILL", (System.nanoTime() - began) / 1e6);
            bot.say("U2", "approve " + waiting);
            bot.awaits("its switch", waiting, Run::hasBegunSwitch);
            figures.add("a vote is heard after SIGKILL", (System.nanoTime() - began) / 1e6);
            known.forEach((id, version) -> bot.awaits("more", id, run -> run.version() > version));
            figures.add("go on after SIGKILL", (System.nanoTime() - began) / 1e6);
        }
    }

    private static boolean isInTheMiddle(Run run) {
        return run.hasBegunSwitch() && run.outcome().isEmpty();
    }

    private static ComposeSite second(SmallSite first) throws IOException {
        var images = first.images();
        var engine = first.relay().site.engine();
        var site = new ComposeSite(engine, images.of(Release.GOOD), images.redis());
        site.up();
        site.awaitHealthy();
        add(
                first.relay(),
                "targets.yml",
                """
                  compose/second:
                    policy: production
                    good-after: 1m
                    soak: 0s
                    project: %s
                    service: claude-relay
                    url: %s
                    images: [%s]
                """
                        .formatted(site.project(), site.url(), images.repository()));
        String id = images.idOf(Release.GOOD);
        String version = Release.GOOD.version();
        Instant now = InstantSource.system().instant();
        try (var store = first.relay().store()) {
            store.journal()
                    .append(
                            new TargetName("compose", "second"),
                            List.of(
                                    new TargetEvent.Seen(
                                            now, id, images.of(Release.GOOD), version, version),
                                    new TargetEvent.FoundGood(now, id, version)));
        }
        return site;
    }

    private static void simulated(Relay relay) throws IOException {
        Files.writeString(
                relay.home().resolve("commands/sim.yml"),
                """
                name: sim
                says: Roll a simulated service back
                words: "[TARGET] [because REASON...]"
                level: L1
                does: rollback
                kind: sim
                switch: [sim.box]
                checks: ["container [STATE] == running"]
                """);
        add(
                relay,
                "approvals.yml",
                """
                  crowd:
                    votes: 1
                    from: L2
                    approve-within: 2h
                    escalate: {L2: 30m}
                    then: keep asking every 15m
                """);
        var targets = new StringBuilder();
        IntStream.range(0, WAITING).forEach(i -> targets.append(target("waits-" + i, "crowd")));
        IntStream.range(0, SIMULATED)
                .forEach(i -> targets.append(target("moves-" + i, "production")));
        add(relay, "targets.yml", targets.toString());
    }

    private static String target(String name, String policy) {
        return "  sim/" + name + ": {policy: " + policy + ", soak: 0s}\n";
    }

    private static void add(Relay relay, String file, String text) throws IOException {
        Path path = relay.home().resolve("config").resolve(file);
        Files.writeString(path, text, StandardOpenOption.APPEND);
    }

    /** The bot, its two real projects, and the images that both have. */
    private record Crowded(ServedBot bot, List<ComposeSite> real, SmallSite images) {
        /** One rollback of each of so many simulated services, until it is so. */
        List<RunId> begin(String name, int count, Predicate<Run> isSo) {
            var words =
                    IntStream.range(0, count)
                            .mapToObj(i -> "sim " + name + "-" + i + " because bench")
                            .toList();
            return until(words, isSo);
        }

        /**
         * Both projects get the bad release and are rolled back, until it is so of both at once.
         */
        List<RunId> roll(Predicate<Run> isSo) {
            List<RunId> ids = List.of();
            do {
                ids.forEach(id -> bot.awaits("its end", id, run -> run.outcome().isPresent()));
                real.forEach(site -> site.upgradeTo(images.images().of(Release.HEALTH_500)));
                ids =
                        until(
                                List.of(
                                        "compose claude-relay because bench",
                                        "compose second because bench"),
                                isSo);
            } while (!ids.stream().map(bot::read).allMatch(isSo));
            return ids;
        }

        private List<RunId> until(List<String> words, Predicate<Run> isSo) {
            var ids = new ArrayList<RunId>();
            words.forEach(said -> ids.add(bot.begin(said)));
            ids.forEach(id -> bot.awaits("a plan", id, run -> run.planned().isPresent()));
            ids.forEach(id -> bot.say("U1", "confirm " + id));
            ids.forEach(id ->
                    Await.until(
                            "run " + id,
                            () -> isSo.test(bot.read(id)) || bot.read(id).outcome().isPresent()));
            return ids;
        }
    }
}
