package backout.config;

import backout.plan.Settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code config/chat.yml}; a site without it has no chat. */
final class ChatFile {
    private ChatFile() {}

    static Optional<ChatConfig> read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            return Optional.of(new ChatConfig(Optional.empty()));
        }
        return YamlFile.read(file, problems)
                .flatMap(yaml -> new SectionReader(problems).read(yaml, Keys.CHAT))
                .map(settings ->
                        new ChatConfig(
                                settings.flag("slack.enabled")
                                        ? Optional.of(slack(settings))
                                        : Optional.empty()));
    }

    private static ChatConfig.Slack slack(Settings settings) {
        String address = settings.url("slack.address").orElseThrow().toString();
        return new ChatConfig.Slack(
                settings.text("slack.bot-token"),
                settings.text("slack.signing-secret"),
                URI.create(address.endsWith("/") ? address : address + "/"),
                settings.texts("slack.announce"),
                settings.channels("slack.languages"));
    }
}
