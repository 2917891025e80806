package backout.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code config/backout.yml} */
final class BackoutFile {
    private BackoutFile() {}

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
                                new BotConfig.Log(
                                        settings.text("log.format"), settings.text("log.level")),
                                new BotConfig.Retention(
                                        settings.duration("retention.artifacts"),
                                        settings.duration("retention.messages"))));
    }
}
