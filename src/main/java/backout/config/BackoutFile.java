package backout.config;

import backout.plan.Settings;

import java.nio.file.Path;
import java.util.Optional;

/** {@code config/backout.yml} */
final class BackoutFile {
    private BackoutFile() {}

    static Optional<BotConfig> read(Path file, Problems problems) {
        Optional<Yaml.Section> section = YamlFile.read(file, problems);
        return section.flatMap(yaml -> new SectionReader(problems).read(yaml, Keys.BACKOUT))
                .filter(settings -> isAddress(settings, section.orElseThrow(), problems))
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

    private static boolean isAddress(Settings settings, Yaml.Section file, Problems problems) {
        String address = settings.text("docker.address");
        boolean fits = address.matches("unix:///\\S+|tcp://[^\\s/@]+:\\d{1,5}");
        if (!fits && file.members().get("docker") instanceof Yaml.Section docker) {
            Yaml seen = docker.members().get("address");
            problems.add(
                    docker.placeOf("address"),
                    "should be a unix:// or tcp:// address, is "
                            + (seen == null ? "missing" : seen.seen()),
                    "Write for example unix:///var/run/docker.sock");
        }
        return fits;
    }
}
