package backout.config;

import backout.language.Language;
import backout.plan.Settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code config/chat.yml} says about the chats.
 *
 * @param slack empty where Slack is not served
 */
public record ChatConfig(Optional<Slack> slack) {
    /**
     * @param botToken reference to it: {@code env:SLACK_BOT_TOKEN}
     * @param signingSecret reference to it
     * @param address of the Web API, with a slash at its end
     * @param announce ids of channels
     * @param languages by the ids of channels that do not read the site's: {@code zh}
     */
    public record Slack(
            String botToken,
            String signingSecret,
            URI address,
            List<String> announce,
            Map<String, String> languages) {
        public Slack {
            announce = List.copyOf(announce);
            languages = Map.copyOf(languages);
        }

        /** In the zone of the site: nobody says which a channel's is. */
        public Map<String, Language> languages(ZoneId zone) {
            var read = new HashMap<String, Language>();
            languages.forEach((channel, tag) -> read.put(channel, Language.of(tag, zone)));
            return read;
        }
    }

    /** A site without the file has no chat. */
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

    private static Slack slack(Settings settings) {
        String address = settings.url("slack.address").orElseThrow().toString();
        return new Slack(
                settings.text("slack.bot-token"),
                settings.text("slack.signing-secret"),
                URI.create(address.endsWith("/") ? address : address + "/"),
                settings.texts("slack.announce"),
                settings.channels("slack.languages"));
    }
}
