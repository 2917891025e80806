package backout.config;

import backout.frontdesk.ChatKeys;
import backout.plan.Settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code config/chat.yml}; a site without it has no chat.
 *
 * @param served by name: the settings of the chats that are enabled
 */
public record ChatConfig(Map<String, Settings> served) {
    public ChatConfig {
        served = Map.copyOf(served);
    }

    static Optional<ChatConfig> read(Path file, List<ChatKeys> chats, Problems problems) {
        if (!Files.exists(file)) {
            return Optional.of(new ChatConfig(Map.of()));
        }
        return YamlFile.read(file, problems)
                .flatMap(yaml -> new SectionReader(problems).read(yaml, Keys.chat(chats)))
                .map(settings -> enabled(settings, chats));
    }

    private static ChatConfig enabled(Settings settings, List<ChatKeys> chats) {
        return new ChatConfig(
                chats.stream()
                        .map(ChatKeys::name)
                        .filter(chat -> settings.below(chat).flag(ChatKeys.ENABLED))
                        .collect(Collectors.toMap(chat -> chat, settings::below)));
    }

    /** Empty where that chat is not served. */
    public Optional<Settings> of(String chat) {
        return Optional.ofNullable(served.get(chat));
    }
}
