package backout.chat.slack;

import backout.language.Language;
import backout.report.Room;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import com.slack.api.model.User;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * In which language and by which clock each user of Slack reads, as their settings there say, and
 * each channel, as the site says; the site's own where nobody tells. Asked once in a while, in a
 * thread of its own, and by nobody who is in a hurry.
 */
public final class SlackReaders {
    private static final Logger log = LoggerFactory.getLogger(SlackReaders.class);

    /** How long what Slack told stays good. */
    static final Duration KEPT = Duration.ofHours(6);

    /** How long it is not asked again when it told nothing. */
    static final Duration UNTOLD = Duration.ofMinutes(1);

    /** Slack waits three seconds for an answer or a dialog, all in all. */
    static final Duration SOON = Duration.ofMillis(500);

    private static final int MOST_KEPT = 10_000;

    private record Reader(Language language, boolean isTold) {}

    private final SlackApi api;
    private final Language site;
    private final Map<String, Language> channels;
    private final AsyncCache<String, Reader> readers;

    /**
     * @param channels by their ids, those that do not read the site's
     * @param nanos a clock that only goes forward, for how long answers are kept
     */
    public SlackReaders(
            SlackApi api, Language site, Map<String, Language> channels, LongSupplier nanos) {
        this.api = api;
        this.site = site;
        this.channels = Map.copyOf(channels);
        Ticker ticker = nanos::getAsLong;
        this.readers =
                Caffeine.newBuilder()
                        .maximumSize(MOST_KEPT)
                        .expireAfter(
                                Expiry.<String, Reader>writing(
                                        (_, reader) -> reader.isTold() ? KEPT : UNTOLD))
                        .ticker(ticker)
                        .executor(Thread::startVirtualThread)
                        .buildAsync();
    }

    /** What a whole channel reads. */
    Language channel(String id) {
        return channels.getOrDefault(id, site);
    }

    /** Begins to ask about them where that is not known; does not wait. */
    void meet(String user) {
        var _ = readers.get(user, this::ask);
    }

    /** Waits half a second at most; the answer that comes later is there the next time. */
    Language soon(String user) {
        return readers.get(user, this::ask)
                .copy()
                .completeOnTimeout(new Reader(site, false), SOON.toMillis(), TimeUnit.MILLISECONDS)
                .join()
                .language();
    }

    /** Waits as long as one call to Slack may take. */
    Language of(String user) {
        return readers.get(user, this::ask).join().language();
    }

    private Reader ask(String user) {
        try {
            var answer =
                    api.call(
                            "users.info",
                            methods -> methods.usersInfo(r -> r.user(user).includeLocale(true)));
            return answer.getUser() == null ? new Reader(site, false) : reader(answer.getUser());
        } catch (Room.Later | Room.Refused e) {
            log.info(
                    "Slack user {} is answered in the language of the site: {}",
                    user,
                    e.getMessage());
            return new Reader(site, false);
        }
    }

    private Reader reader(User user) {
        ZoneId zone = zone(user.getTz());
        String locale = user.getLocale();
        return locale == null || locale.isEmpty()
                ? new Reader(site.in(zone), true)
                : new Reader(Language.of(locale, zone), true);
    }

    /** Slack's names are those of the IANA; a name that this JDK does not know yet is none. */
    private ZoneId zone(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return site.zone();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return site.zone();
        }
    }
}
