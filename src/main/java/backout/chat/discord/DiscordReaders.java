package backout.chat.discord;

import backout.language.Language;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.util.Map;

/**
 * In which language each user reads, as Discord says with whatever they do, and each channel, as
 * the site says; the site's own where nobody told yet. By the site's clock: Discord tells nobody's,
 * and draws running clocks in each reader's own.
 */
final class DiscordReaders {
    private static final int MOST_KEPT = 10_000;

    private final Language site;
    private final Map<String, Language> channels;
    private final Cache<String, Language> users =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    /**
     * @param channels by their ids, those that do not read the site's
     */
    DiscordReaders(Language site, Map<String, Language> channels) {
        this.site = site;
        this.channels = Map.copyOf(channels);
    }

    void met(String user, String locale) {
        if (!locale.isEmpty()) {
            users.put(user, Language.of(locale, site.zone()));
        }
    }

    Language user(String id) {
        return users.asMap().getOrDefault(id, site);
    }

    Language channel(String id) {
        return channels.getOrDefault(id, site);
    }
}
