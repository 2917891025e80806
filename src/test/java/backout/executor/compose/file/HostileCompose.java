package backout.executor.compose.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project that somebody made to keep the bot busy; {@code backout.bench} takes the time. */
public final class HostileCompose {
    private static final Path HOME = Path.of("/srv/shop");

    private HostileCompose() {}

    /**
     * The last service is the one that is edited.
     *
     * @param emoji so many characters above them, each of which takes two places of a text
     */
    public static String of(int services, int emoji) {
        var compose = new StringBuilder("# " + "😀".repeat(emoji) + "\nservices:\n");
        for (int i = 0; i < services; i++) {
            compose.append("  s").append(i).append(":\n    image: repo/app").append(i);
            compose.append(":1\n    environment:\n      - A=${A").append(i).append(":-x}\n");
        }
        return compose.append("  web:\n    image: shop/web:2\n").toString();
    }

    static ComposeFiles files(String compose, String env) {
        return new ComposeFiles(
                List.of(SourceFile.of(HOME.resolve("compose.yml"), compose)),
                HOME,
                "shop",
                Map.of(),
                List.of(SourceFile.of(HOME.resolve(".env"), env)),
                _ -> Optional.empty());
    }

    /** The compose file, or its {@code .env}, with the other image. */
    public static String edited(String compose, String env) {
        return files(compose, env).edit("web", "shop/web:1").after().text();
    }
}
