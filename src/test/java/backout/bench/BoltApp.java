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

    /** It takes two major versions; the newer one runs on no Node 20. */
    private static final String UNDICI = "undici@7.30.2";

    private BoltApp() {}

    /** Installs it below this folder, once, and starts it. */
    static Contestant start(Path work) throws Exception {
        Path folder = Files.createDirectories(work.resolve("bolt"));
        Files.copy(
                Path.of("src/test/resources/bench/bolt.js"),
                folder.resolve("bolt.js"),
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isDirectory(folder.resolve("node_modules/@slack/bolt"))) {
            Node.install(folder, BOLT, UNDICI);
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
                List.of(Node.program().toString(), "bolt.js"));
    }
}
