package backout.bench;

import backout.fixture.Await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The smallest app of @slack/bolt, the floor of what a chat bot costs. */
final class BoltApp {
    private static final String BOLT = "@slack/bolt@5.1.0";

    /** Debian's own is older than what this @slack/bolt needs. */
    private static final String NODE = "node@22.23.3";

    private BoltApp() {}

    /** Installs it below this folder, once, and starts it. */
    static Contestant start(Path work) throws Exception {
        Path folder = Files.createDirectories(work.resolve("bolt"));
        Files.copy(
                Path.of("src/test/resources/bench/bolt.js"),
                folder.resolve("bolt.js"),
                StandardCopyOption.REPLACE_EXISTING);
        Path node = folder.resolve("node_modules/node/bin/node");
        if (!Files.isExecutable(node)) {
            run(folder, "npm", "install", "--no-audit", "--no-fund", BOLT, NODE);
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
                List.of(node.toString(), "bolt.js"));
    }

    private static void run(Path folder, String... argv) throws Exception {
        var process = new ProcessBuilder(argv).directory(folder.toFile()).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", argv) + " did not work");
        }
    }
}
