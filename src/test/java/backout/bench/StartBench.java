package backout.bench;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;
import backout.story.Relay;

import ch.qos.logback.classic.spi.Configurator;

import mockwebserver3.MockWebServer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * From the start of the process to the first answer to a signed command: {@code bot/backout serve}
 * with its store and a Docker target beside a bare Bolt on Jetty, both with the launcher's flags
 * and a trained cache of classes. Then what each has in memory after the same load, beside
 * &#64;slack/bolt; and the same once Discord is connected too, beside &#64;slack/bolt with
 * discord.js in one process.
 */
final class StartBench implements Benchmark {
    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 28_000;
    private static final String OURS = "backout: start until a command is answered (ms)";
    private static final String FLOOR = "bare Bolt on Jetty: the same (ms)";
    private static final String OURS_MEMORY = "backout: memory after 28,000 commands (MB)";
    private static final String BOLT_MEMORY = "@slack/bolt: memory after 28,000 commands (MB)";
    private static final String OURS_BOTH = "backout: the same, Discord connected (MB)";
    private static final String NODE_BOTH = "@slack/bolt and discord.js: the same (MB)";
    private static final String OPTIONS = "BACKOUT_JAVA_OPTIONS";

    /** What the bare one consists of, and where it is compiled to: it logs as Backout does. */
    private static final Map<String, String> BARE =
            Map.of(
                    "backout/bench/BareBolt.class",
                    "target/test-classes",
                    "backout/operations/LogSetup.class",
                    "target/classes",
                    "META-INF/services/" + Configurator.class.getName(),
                    "target/classes");

    private final Figures figures = new Figures();
    private final Path work = Path.of("target/bench").toAbsolutePath();

    @Override
    public List<Goal> run(int rounds, Leavings leavings) throws Exception {
        Files.createDirectories(work);
        MockWebServer slack = leavings.add(ServedBot.quietSlack());
        Relay relay = SmallSite.make(leavings).relay();
        var options = new HashMap<String, String>();
        if (!Launcher.trainsItself()) {
            Path cache = Files.createTempFile(work, "backout", ".aot");
            leavings.add(() -> Files.deleteIfExists(cache));
            backout(relay, slack, Map.of(OPTIONS, "-XX:AOTCacheOutput=" + cache)).close();
            options.put(OPTIONS, "-XX:AOTCache=" + cache);
        }
        Path bare = Files.createTempFile(work, "bare", ".aot");
        leavings.add(() -> Files.deleteIfExists(bare));
        bare(slack, "-XX:AOTCacheOutput=" + bare).close();
        for (int round = 0; round < rounds; round++) {
            bare(slack, "-XX:AOTCache=" + bare).close(FLOOR);
            backout(relay, slack, options).close(OURS);
        }
        for (int round = 0; round < rounds; round++) {
            load(BoltApp.start(work), BOLT_MEMORY);
            load(backout(relay, slack, options).process(), OURS_MEMORY);
        }
        FakeDiscord discord = leavings.add(new FakeDiscord(InstantSource.system()));
        for (int round = 0; round < rounds; round++) {
            load(BoltApp.startWith(discord, work), NODE_BOTH);
            load(both(relay, slack, discord, options), OURS_BOTH);
        }
        Bench.print(figures, "");
        return List.of(
                new Goal(
                        "P10 start to ready, ratio to a bare Bolt on Jetty",
                        figures.ratio(OURS, FLOOR),
                        2.5),
                new Goal(
                        "P10 memory after the same load, ratio to @slack/bolt",
                        figures.ratio(OURS_MEMORY, BOLT_MEMORY),
                        1.3),
                new Goal(
                        "P10 memory with both chats, ratio to @slack/bolt and discord.js",
                        figures.ratio(OURS_BOTH, NODE_BOTH),
                        1.3));
    }

    /** A server that has answered for the first time. */
    private final class Started implements AutoCloseable {
        private final Contestant process;
        private final double millis;

        private Started(Contestant process, double millis) {
            this.process = process;
            this.millis = millis;
        }

        Contestant process() {
            return process;
        }

        void close(String figure) {
            figures.add(figure, millis);
            close();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private Started backout(Relay relay, MockWebServer slack, Map<String, String> more)
            throws IOException {
        int port = Await.freePort();
        ServedBot.configure(relay, slack, port);
        return backout(relay, port, more);
    }

    private Started backout(Relay relay, int port, Map<String, String> more) throws IOException {
        var environment = new HashMap<>(ServedBot.environment());
        environment.putAll(more);
        return start("backout", port, environment, ServedBot.argv(relay.home()));
    }

    /** It connects to Discord after it is ready. */
    private Contestant both(
            Relay relay, MockWebServer slack, FakeDiscord discord, Map<String, String> options)
            throws IOException {
        int port = Await.freePort();
        ServedBot.configure(relay, slack, port);
        ServedBot.alsoServe(discord, relay, slack);
        var more = new HashMap<>(options);
        more.put("DISCORD_BOT_TOKEN", FakeDiscord.TOKEN);
        Contestant bot = backout(relay, port, more).process();
        Await.until("it is connected to Discord", discord::hasLine);
        return bot;
    }

    private Started bare(MockWebServer slack, String cache) throws IOException {
        int port = Await.freePort();
        var argv = new ArrayList<String>();
        argv.add(Launcher.program().toString());
        argv.addAll(Launcher.flags());
        argv.addAll(List.of(cache, "-cp", classPath(), BareBolt.class.getName()));
        argv.addAll(
                List.of(
                        String.valueOf(port),
                        Contestant.SIGNING_SECRET,
                        slack.url("/api/").toString()));
        return start("bare", port, Map.of(), argv);
    }

    private Started start(String name, int port, Map<String, String> environment, List<String> argv)
            throws IOException {
        long began = System.nanoTime();
        Contestant process =
                Contestant.begin(
                        name, port, work, work.resolve(name + "-start.log"), environment, argv);
        while (!answers(process)) {
            if (!process.process().isAlive() || millisSince(began) > 120_000) {
                process.close();
                throw new IllegalStateException(name + " does not answer, see target/bench");
            }
        }
        return new Started(process, millisSince(began));
    }

    private static boolean answers(Contestant process) {
        try {
            var _ = load().send(process.port(), 1, 1);
            return true;
        } catch (Exception notYet) {
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            return false;
        }
    }

    private static SlackLoad load() {
        return new SlackLoad(Contestant.SIGNING_SECRET, "help");
    }

    private void load(Contestant contestant, String figure) throws Exception {
        try (contestant) {
            var _ = load().send(contestant.port(), CONNECTIONS, REQUESTS / CONNECTIONS);
            figures.add(figure, contestant.residentMegabytes().orElseThrow());
        }
    }

    /** Jars alone: Java caches no classes of folders. */
    private String classPath() throws IOException {
        Path jar = work.resolve("bare.jar");
        if (figures.isEmpty()) {
            try (OutputStream out = Files.newOutputStream(jar);
                    var entries = new JarOutputStream(out)) {
                for (var entry : BARE.entrySet()) {
                    entries.putNextEntry(new JarEntry(entry.getKey()));
                    entries.write(Files.readAllBytes(Path.of(entry.getValue(), entry.getKey())));
                }
            }
        }
        try (var libraries = Files.list(Path.of("target/lib").toAbsolutePath())) {
            return jar + ":" + String.join(":", libraries.map(Path::toString).sorted().toList());
        }
    }

    private static double millisSince(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
