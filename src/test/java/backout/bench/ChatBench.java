package backout.bench;

import backout.fixture.Await;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.run.Run;
import backout.run.RunEvent;
import backout.store.sql.SqlStore;
import backout.story.Relay;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static final String BOLT = "@slack/bolt@5.1.0";

    private final Figures figures = new Figures();
    private final Path work = Path.of("target/bench").toAbsolutePath();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        Files.createDirectories(work);
        try (var slack = slack();
                var relay = new Relay(Release.GOOD);
                var ours = backout(relay, slack);
                var bolt = bolt()) {
            var contestants = List.of(ours, bolt);
            if (!load("help").say(ours.port()).contains("compose")) {
                throw new IllegalStateException("the bot does not answer help");
            }
            for (Contestant contestant : contestants) {
                load("help").send(contestant.port(), 16, WARM_UP / 16);
            }
            for (int round = 0; round < rounds; round++) {
                measure("idle", contestants);
            }
            try (var _ = new Busy(relay, ours, figures)) {
                for (int round = 0; round < rounds; round++) {
                    measure("busy", contestants);
                }
            }
            for (Contestant contestant : contestants) {
                contestant
                        .residentMegabytes()
                        .ifPresent(mb -> figures.add(contestant.name() + " memory (MB)", mb));
            }
        }
        figures.table("ms").forEach(line -> System.out.println(line));
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
                        load("help").send(contestant.port(), connections, REQUESTS / connections);
                String name = contestant.name() + " " + when;
                figures.add(name + " p50 at " + connections, SlackLoad.percentile(times, 0.5));
                figures.add(name + " p99 at " + connections, SlackLoad.percentile(times, 0.99));
            }
        }
    }

    private static SlackLoad load(String text) {
        return new SlackLoad(Contestant.SIGNING_SECRET, text);
    }

    /** Answers what the bot asks of Slack, and nothing else. */
    private static MockWebServer slack() throws IOException {
        var server = new MockWebServer();
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return new MockResponse.Builder()
                                .code(200)
                                .addHeader("Content-Type", "application/json")
                                .body(
                                        """
                                        {"ok":true,"ts":"1.1","channel":"C1","user_id":"U0",
                                        "team_id":"T1","messages":[]}
                                        """)
                                .build();
                    }
                });
        server.start();
        return server;
    }

    private Contestant backout(Relay relay, MockWebServer slack) {
        int port = Await.freePort();
        relay.provenGood(Release.GOOD)
                .config("chat.yml", chatFile(slack))
                .config("people.yml", "people:\n  anna: {level: L2, accounts: {slack: U1}}\n")
                .listen(port, Await.freePort());
        return Contestant.start(
                "backout",
                port,
                relay.home(),
                work.resolve("backout.log"),
                Map.of(
                        "SLACK_BOT_TOKEN",
                        "xoxb-bench",
                        "SLACK_SIGNING_SECRET",
                        Contestant.SIGNING_SECRET),
                List.of(
                        Path.of("bot/backout").toAbsolutePath().toString(),
                        "serve",
                        "--config",
                        relay.home().resolve("config").toString(),
                        "--commands",
                        relay.home().resolve("commands").toString()));
    }

    private static String chatFile(MockWebServer slack) {
        return "slack:\n  enabled: yes\n  address: " + slack.url("/api/") + "\n";
    }

    private Contestant bolt() throws Exception {
        Path folder = Files.createDirectories(work.resolve("bolt"));
        Files.copy(
                Path.of("src/test/resources/bench/bolt.js"),
                folder.resolve("bolt.js"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isDirectory(folder.resolve("node_modules/@slack/bolt"))) {
            run(folder, "npm", "install", "--no-audit", "--no-fund", BOLT);
        }
        int port = Await.freePort();
        return Contestant.start(
                "bolt",
                port,
                folder,
                work.resolve("bolt.log"),
                Map.of(
                        "PORT",
                        String.valueOf(port),
                        "SLACK_SIGNING_SECRET",
                        Contestant.SIGNING_SECRET,
                        "NODE_ENV",
                        "production"),
                List.of("node", "bolt.js"));
    }

    private static void run(Path folder, String... argv) throws Exception {
        var process = new ProcessBuilder(argv).directory(folder.toFile()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", argv) + " did not work");
        }
    }

    /** Rollbacks in the measured bot, one after the other, and a compressor on both cores. */
    private static final class Busy implements AutoCloseable {
        private final Relay relay;
        private final Contestant bot;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Process compressor;
        private final Thread rollbacks;
        private final Figures figures;
        private int done;

        private Busy(Relay relay, Contestant bot, Figures figures) throws IOException {
            this.figures = figures;
            this.relay = relay;
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
                relay.site.upgradeTo(RelayImages.shared().of(Release.HEALTH_500));
                String id = said("compose+claude-relay+because+bench");
                Await.until(
                        "it has a plan",
                        Duration.ofMinutes(2),
                        () -> read(id).planned().isPresent());
                var _ = said("confirm+" + id);
                Await.until(
                        "it is over", Duration.ofMinutes(3), () -> read(id).outcome().isPresent());
                done++;
            }
        }

        private Run read(String id) {
            try (var store = SqlStore.open(relay.home().resolve("var"), InstantSource.system())) {
                List<RunEvent> events = store.journal().read(new backout.run.RunId(id));
                return Run.of(events);
            }
        }

        private String said(String words) {
            long began = System.nanoTime();
            String answer = load(words).say(bot.port());
            figures.add("backout busy, one that is journalled", (System.nanoTime() - began) / 1e6);
            return answer.replaceAll("(?s).*\\brun ([A-Z0-9]{5})\\b.*", "$1");
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
