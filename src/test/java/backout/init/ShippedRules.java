package backout.init;

import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.config.Schemas;
import backout.config.SiteLoader;
import backout.fixture.Kinds;
import backout.frontdesk.ChatKeys;
import backout.language.Phrase;
import backout.plan.TargetKind;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real loader with the shipped commands; what does not hold is given. */
final class ShippedRules {
    private static final Map<String, TargetKind> KINDS = Kinds.SHIPPED;
    private static final List<ChatKeys> CHATS = List.of(SlackChat.KEYS, DiscordChat.KEYS);

    private final Map<String, Rules.Tried> tried = new LinkedHashMap<>();
    private final Rules rules =
            new Rules(
                    new SiteLoader(KINDS, CHATS),
                    new Schemas(KINDS, CHATS, List.of()),
                    Path.of("commands"),
                    (_, _, _) -> tried);

    Rules rules() {
        return rules;
    }

    ShippedRules failing(String check) {
        return failing(check, "404");
    }

    ShippedRules failing(String check, String seen) {
        tried.put(check, new Rules.Tried(false, Phrase.verbatim(seen)));
        return this;
    }

    ShippedRules holding(String check) {
        tried.put(check, new Rules.Tried(true, Phrase.verbatim("200")));
        return this;
    }
}
