package backout.config;

import backout.frontdesk.ChatKeys;
import backout.plan.Settings;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.report.Announced;

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

    static Optional<ChatConfig> read(
            Path file, List<ChatKeys> chats, Names<Target> targets, Problems problems) {
        if (!Files.exists(file)) {
            return Optional.of(new ChatConfig(Map.of()));
        }
        return YamlFile.read(file, problems)
                .flatMap(yaml ->
                        new SectionReader(problems)
                                .read(yaml, Keys.chat(chats))
                                .map(settings -> {
                                    chats.forEach(
                                            chat -> check(chat, settings, yaml, targets, problems));
                                    return enabled(settings, chats);
                                }));
    }

    /** What is announced where. */
    private static void check(
            ChatKeys chat,
            Settings settings,
            Yaml.Section yaml,
            Names<Target> targets,
            Problems problems) {
        Place place =
                yaml.members().get(chat.name()) instanceof Yaml.Section below
                        ? below.placeOf(ChatKeys.ANNOUNCE)
                        : yaml.place();
        for (String text : settings.below(chat.name()).texts(ChatKeys.ANNOUNCE)) {
            try {
                NoticesFile.refuseStrangers(place, Announced.of(text).wants(), targets, problems);
            } catch (ProblemException e) {
                e.problems().forEach(one -> problems.add(place, one.what(), one.next()));
            }
        }
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
