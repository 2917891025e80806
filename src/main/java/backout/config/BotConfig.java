package backout.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code config/backout.yml} says about the bot itself.
 *
 * @param language {@code en} or {@code zh}
 * @param store the folder of the journal and the artifacts
 * @param listenPublic HOST:PORT for chats
 * @param listenPrivate HOST:PORT for the web console
 * @param console where browsers reach it; empty where nobody says
 * @param docker where the local Docker engine listens: {@code unix:///var/run/docker.sock}
 */
public record BotConfig(
        String language,
        Path store,
        String docker,
        String listenPublic,
        String listenPrivate,
        Optional<URI> console,
        Log log,
        Retention retention) {
    /**
     * How {@code serve} logs.
     *
     * @param format {@code text} or {@code json}
     * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
     */
    public record Log(String format, String level) {}

    /** How long what belongs to a run is kept after its end. */
    public record Retention(Duration artifacts, Duration messages) {}

    static Optional<BotConfig> read(Path file, Problems problems) {
        return YamlFile.read(file, problems)
                .flatMap(yaml -> new SectionReader(problems).read(yaml, Keys.BACKOUT))
                .map(settings ->
                        new BotConfig(
                                settings.text("language"),
                                Path.of(settings.text("store.dir")),
                                settings.text("docker.address"),
                                settings.text("listen.public"),
                                settings.text("listen.private"),
                                settings.url("console.url"),
                                new Log(settings.text("log.format"), settings.text("log.level")),
                                new Retention(
                                        settings.duration("retention.artifacts"),
                                        settings.duration("retention.messages"))));
    }
}
