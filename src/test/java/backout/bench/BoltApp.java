package backout.bench;

import backout.fixture.Await;
import backout.fixture.FakeDiscord;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The smallest app of @slack/bolt, the floor of what a chat bot costs. */
final class BoltApp {
    private static final String BOLT = "@slack/bolt@5.1.0";

    /** It takes two major versions; the newer one runs on no Node 20. */
    private static final String UNDICI = "undici@7.30.2";

    private static final String DISCORD = "discord.js@14.28.1";

    private BoltApp() {}

    /** Installs it below this folder, once, and starts it. */
    static Contestant start(Path work) throws Exception {
        return start(work, Map.of());
    }

    /** The same with discord.js in its process, ready once it listens. */
    static Contestant startWith(FakeDiscord discord, Path work) throws Exception {
        String api = discord.address().toString().replace("/v10/", "");
        return start(work, Map.of("DISCORD_API", api, "DISCORD_TOKEN", FakeDiscord.TOKEN));
    }

    private static Contestant start(Path work, Map<String, String> more) throws Exception {
        Path folder = Files.createDirectories(work.resolve("bolt"));
        Files.copy(
                Path.of("src/test/resources/bench/bolt.js"),
                folder.resolve("bolt.js"),
                StandardCopyOption.REPLACE_EXISTING);
        if (!Files.isDirectory(folder.resolve("node_modules/discord.js"))) {
            Node.install(folder, BOLT, UNDICI, DISCORD);
        }
        int port = Await.freePort();
        var environment = new HashMap<>(more);
        environment.put("PORT", String.valueOf(port));
        environment.put("SLACK_SIGNING_SECRET", Contestant.SIGNING_SECRET);
        environment.put("NODE_ENV", "production");
        return Contestant.start(
                "bolt",
                port,
                folder,
                work.resolve("bolt.log"),
                environment,
                List.of(Node.program().toString(), "bolt.js"));
    }
}
