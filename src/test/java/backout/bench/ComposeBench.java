package backout.bench;

import backout.fixture.Await;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A rollback of a compose service, seen by a prober from outside: a bare {@code up} of the service,
 * the guide's emergency script, and the bot itself, told in Slack and approved by a second person.
 * With nothing special, with 200 MB of logs, with an image that must be pulled, and with requests
 * in flight.
 */
final class ComposeBench implements Benchmark {
    /** What a service that has run for a few days has written; there for all. */
    private static final long USUAL_LOGS = 10L << 20;

    private static final long LOGS = 200L << 20;
    private static final int STREAMS = 5;
    private static final String BARE = "bare up: downtime";
    private static final String BARE_TOTAL = "bare up: total";
    private static final String SCRIPT = "script: downtime";
    private static final String SCRIPT_TOTAL = "script: total";
    private static final String SCRIPT_STREAMS = "script, 5 requests in flight: downtime";
    private static final String OURS = "backout: downtime";
    private static final String PROVEN = "backout: approve pressed until proven";
    private static final String PREPARED = "backout: asked for until all is prepared";
    private static final String OURS_LOGS = "backout, 200 MB of logs: downtime";
    private static final String OURS_ABSENT = "backout, image absent: downtime";
    private static final String OURS_FAST = "backout, 5 requests in flight, drain 0s: downtime";
    private static final String OURS_DRAIN = "backout, 5 requests in flight, drain 3s: downtime";

    private final Figures figures = new Figures();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        var ground = new ComposeGround(leavings);
        Path log = Files.createDirectories(Path.of("target/bench")).resolve("compose.log");
        ServedBot bot = leavings.add(ServedBot.start(ground.relay(), log.toAbsolutePath()));
        ground.writeLogs("usual", USUAL_LOGS);
        for (int round = 1; round <= rounds; round++) {
            Bench.tell("round", String.valueOf(round), "of", String.valueOf(rounds));
            round(ground, bot);
        }
        Bench.print(figures, "s");
        return goals();
    }

    private void round(ComposeGround ground, ServedBot bot) throws Exception {
        bare(ground);
        script(ground);
        backout(ground, bot, "", OURS, true);
        ground.writeLogs("many", LOGS);
        backout(ground, bot, "", OURS_LOGS, false);
        ground.removeLogs("many");
        ground.reset();
        ground.forgetGood();
        backout(ground, bot, "", OURS_ABSENT, false);
        scriptWithStreams(ground);
        withStreams(ground, () -> backout(ground, bot, " drain 0s", OURS_FAST, false));
        withStreams(ground, () -> backout(ground, bot, " drain 3s", OURS_DRAIN, false));
    }

    private List<Goal> goals() {
        return List.of(
                new Goal("P1 downtime, ratio to a bare up", figures.ratio(OURS, BARE), 1.15),
                new Goal("P1 downtime, ratio to the script", figures.ratio(OURS, SCRIPT), 0.7),
                new Goal(
                        "P2 approve pressed until proven, ratio to the script's total",
                        figures.ratio(PROVEN, SCRIPT_TOTAL),
                        0.2),
                new Goal(
                        "P3 downtime with 200 MB of logs, ratio to without",
                        figures.ratio(OURS_LOGS, OURS),
                        1.2),
                new Goal(
                        "P3 downtime with an absent image, ratio to a local one",
                        figures.ratio(OURS_ABSENT, OURS),
                        1.6),
                new Goal(
                        "P4 requests in flight, drain 0s: downtime, ratio to the script",
                        figures.ratio(OURS_FAST, SCRIPT_STREAMS),
                        0.15),
                new Goal(
                        "P4 requests in flight, drain 3s: downtime in s",
                        figures.median(OURS_DRAIN),
                        3 + 1.3));
    }

    private void bare(ComposeGround ground) throws IOException {
        ground.reset();
        ground.editByHand();
        try (var prober = new Prober(ground.port())) {
            long began = System.nanoTime();
            ground.site().compose("up", "-d", "claude-relay");
            figures.add(BARE_TOTAL, secondsSince(began));
            figures.add(BARE, downtime(prober));
        }
        ground.assertRolledBack();
    }

    private void script(ComposeGround ground) throws Exception {
        ground.reset();
        try (var prober = new Prober(ground.port())) {
            long began = System.nanoTime();
            Process script = EmergencyScript.start(ground.folder(), ground.script());
            if (!script.waitFor(2, TimeUnit.MINUTES) || script.exitValue() != 0) {
                throw new IllegalStateException("the script did not end well");
            }
            figures.add(SCRIPT_TOTAL, secondsSince(began));
            figures.add(SCRIPT, downtime(prober));
        }
        ground.assertRolledBack();
    }

    /** Its last ten seconds, in which it only waits, are spared. */
    private void scriptWithStreams(ComposeGround ground) throws Exception {
        withStreams(
                ground,
                () -> {
                    try (var prober = new Prober(ground.port())) {
                        Process script = EmergencyScript.start(ground.folder(), ground.script());
                        figures.add(SCRIPT_STREAMS, downtime(prober));
                        script.descendants().forEach(ProcessHandle::destroy);
                        script.destroy();
                    }
                    ground.assertRolledBack();
                });
    }

    private interface Way {
        void go() throws Exception;
    }

    private static void withStreams(ComposeGround ground, Way way) throws Exception {
        ground.reset();
        List<Socket> streams = ground.streams(STREAMS);
        try {
            way.go();
        } finally {
            for (Socket stream : streams) {
                stream.close();
            }
        }
    }

    /** Anna asks and confirms; once all is prepared, ben approves. */
    private void backout(
            ComposeGround ground, ServedBot bot, String more, String figure, boolean whole) {
        if (whole || figure.equals(OURS_LOGS)) {
            ground.reset();
        }
        long asked = System.nanoTime();
        RunId id =
                bot.begin(
                        "compose claude-relay to "
                                + RelayServiceImages.OLD
                                + more
                                + " because bench");
        bot.awaits("a plan", id, run -> run.planned().isPresent());
        bot.say("U1", "confirm " + id);
        bot.awaits("a question for votes", id, ComposeBench::isPrepared);
        double prepared = secondsSince(asked);
        try (var prober = new Prober(ground.port())) {
            Await.until("probes", () -> prober.found().size() > 10);
            Instant pressed = InstantSource.system().instant();
            bot.say("U2", "approve " + id);
            figures.add(figure, downtime(prober));
            Run run = bot.awaits("proof", id, one -> one.proven().isPresent());
            if (whole) {
                figures.add(PROVEN, seconds(pressed, run));
                figures.add(PREPARED, prepared);
            }
        }
        bot.awaits("its end", id, run -> run.outcome().isPresent());
        ground.assertRolledBack();
    }

    private static boolean isPrepared(Run run) {
        return run.isConfirmed() && run.next(InstantSource.system().instant()) instanceof Next.Wait;
    }

    private static double seconds(Instant pressed, Run run) {
        RunEvent.Proven proven =
                run.events().stream()
                        .filter(RunEvent.Proven.class::isInstance)
                        .map(RunEvent.Proven.class::cast)
                        .findFirst()
                        .orElseThrow();
        return Duration.between(pressed, proven.at()).toNanos() / 1e9;
    }

    private static double downtime(Prober prober) {
        Await.until("the service is back", prober::isBack);
        return Downtime.of(prober.found()).toNanos() / 1e9;
    }

    private static double secondsSince(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
