package backout.chat.discord;

import backout.chat.Message;
import backout.command.Site;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.People;
import backout.language.Language;
import backout.language.Phrase;
import backout.problem.Sha256;
import backout.report.Room;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The channels that one Discord bot is in, by its token. */
final class DiscordRoom implements Room {
    /** Before the id of a channel in which one person talks with the bot alone. */
    static final String DIRECT = "@";

    /** How far back {@link #find} looks: the most that Discord shows at once. */
    private static final int WINDOW = 100;

    /** Ids of components that Discord gives by itself begin at one. */
    private static final int FIRST_OF_OURS = 1 << 30;

    /** Minutes: a run that waits over the night goes on where it was. */
    private static final int THREAD_RESTS_AFTER = 10_080;

    private static final Message CLOSED =
            Message.line(
                    Phrase.of(
                            "The thread cannot be written to: it is locked, or the bot may not send"
                                    + " messages in threads. What would stand there goes on"
                                    + " here."));

    private static final Logger log = LoggerFactory.getLogger(DiscordRoom.class);

    private final DiscordApi api;
    private final People people;
    private final DiscordReaders readers;
    private volatile String self = "";
    private final Cache<String, String> directs = Caffeine.newBuilder().maximumSize(1000).build();

    /** Messages below whose thread nothing can be written, which is said once. */
    private final Cache<String, Boolean> closed = Caffeine.newBuilder().maximumSize(1000).build();

    /** What threads are called, by the messages that they begin with. */
    private final Cache<String, String> names = Caffeine.newBuilder().maximumSize(1000).build();

    DiscordRoom(DiscordApi api, Site site, DiscordReaders readers) {
        this.api = api;
        this.people = DiscordChat.people(site);
        this.readers = readers;
    }

    DiscordRenderer in(Language language) {
        return new DiscordRenderer(people::user, language);
    }

    @Override
    public String chat() {
        return DiscordChat.KEYS.name();
    }

    @Override
    public boolean isDirect(String channel) {
        return channel.startsWith(DIRECT);
    }

    private static String id(String channel) {
        return channel.startsWith(DIRECT) ? channel.substring(DIRECT.length()) : channel;
    }

    /** A call of Discord's. */
    private interface Call<T> {
        T make() throws Later, DiscordApi.No;
    }

    private static <T> T made(Call<T> call) throws Later, Refused {
        try {
            return call.make();
        } catch (DiscordApi.No no) {
            throw new Refused(no.problem(), DiscordErrors.gone(no.code()));
        }
    }

    @Override
    public String post(String channel, String key, Message message) throws Later, Refused {
        DiscordRenderer theirs = in(readers.channel(channel));
        ObjectNode body = theirs.body(message);
        ((ObjectNode) body.path("components").path(0)).put("id", mark(key));
        String address = made(() -> posted(id(channel), body, key)).path("id").asString("");
        names.put(address, theirs.threadName(message));
        return address;
    }

    /**
     * What is sent again within minutes is one message; later it is found by its mark.
     *
     * @param key names it among those of its channel
     */
    private JsonNode posted(String channel, ObjectNode body, String key)
            throws Later, DiscordApi.No {
        body.put("nonce", Sha256.of(channel + key).substring(0, DiscordLimits.NONCE));
        body.put("enforce_nonce", true);
        return api.send("POST", channel, "channels/" + channel + "/messages", body);
    }

    /** A number that nobody sees: Discord keeps the ids of components. */
    private static int mark(String key) {
        return FIRST_OF_OURS | (int) (Long.parseLong(Sha256.of(key).substring(0, 8), 16) >> 3);
    }

    @Override
    public Optional<String> find(String channel, String key) throws Later, Refused {
        String id = id(channel);
        JsonNode messages = made(() -> api.get(id, "channels/" + id + "/messages?limit=" + WINDOW));
        int mark = mark(key);
        String self = self();
        return messages.valueStream()
                .filter(message -> message.path("author").path("id").asString("").equals(self))
                .filter(message -> message.path("components").path(0).path("id").asInt(0) == mark)
                .map(message -> message.path("id").asString(""))
                .findFirst();
    }

    /** The bot's own user: what others post is never taken for ours. */
    private String self() throws Later, Refused {
        if (self.isEmpty()) {
            self = made(() -> api.get("users/@me", "users/@me")).path("id").asString("");
        }
        return self;
    }

    @Override
    public void edit(String channel, String address, Message message) throws Later, Refused {
        DiscordRenderer theirs = in(readers.channel(channel));
        ObjectNode body = theirs.body(message);
        names.put(address, theirs.threadName(message));
        String id = id(channel);
        var _ = made(() -> api.send("PATCH", id, "channels/" + id + "/messages/" + address, body));
    }

    /**
     * In the thread of the message, which has the message's own id and is opened by the first;
     * where there can be none, or somebody closed it, below the message itself.
     */
    @Override
    public void reply(String channel, String address, Message message) throws Later, Refused {
        DiscordRenderer theirs = in(readers.channel(channel));
        ObjectNode body = theirs.body(message);
        names.asMap().putIfAbsent(address, theirs.threadName(message));
        JsonNode there = made(() -> replied(id(channel), address, body, theirs));
        Set<String> missed = new HashSet<>(theirs.called(message));
        there.path("mentions").forEach(user -> missed.remove(user.path("id").asString("")));
        for (String user : missed) {
            toUnheard(user, message);
        }
    }

    private JsonNode replied(
            String channel, String address, ObjectNode body, DiscordRenderer theirs)
            throws Later, DiscordApi.No {
        String key = address + body;
        if (closed.getIfPresent(address) != null) {
            return below(channel, address, body, key);
        }
        try {
            return posted(address, body, key);
        } catch (DiscordApi.No no) {
            log.debug("no thread takes it: {}", no.getMessage());
            if (no.code() == DiscordErrors.UNKNOWN_CHANNEL && opens(channel, address)) {
                return posted(address, body, key);
            }
            if (DiscordErrors.CLOSED.contains(no.code())) {
                var _ = below(channel, address, theirs.body(CLOSED), address + "closed");
                closed.put(address, true);
            }
            return below(channel, address, body, key);
        }
    }

    /** False where no thread can be: in a direct talk, in a thread, without the permission. */
    private boolean opens(String channel, String address) throws Later {
        ObjectNode thread =
                Kit.object()
                        .put("name", names.asMap().getOrDefault(address, "Backout"))
                        .put("auto_archive_duration", THREAD_RESTS_AFTER);
        String path = "channels/" + channel + "/messages/" + address + "/threads";
        try {
            var _ = api.send("POST", channel, path, thread);
            return true;
        } catch (DiscordApi.No no) {
            log.info("there is no thread below {}: {}", address, no.problem());
            return false;
        }
    }

    /** Opens the thread of a message, to see whether that can be done. */
    Diagnosis thread(String channel, String address) throws Later, Refused {
        String path = "channels/" + channel + "/messages/" + address + "/threads";
        var _ = made(() -> api.send("POST", channel, path, Kit.object().put("name", "TEST")));
        return Diagnosis.well(Phrase.of("channel {0}: a thread can be opened", channel));
    }

    private JsonNode below(String channel, String address, ObjectNode body, String key)
            throws Later, DiscordApi.No {
        ObjectNode reference = body.putObject("message_reference");
        reference.put("message_id", address).put("fail_if_not_exists", false);
        return posted(channel, body, key);
    }

    /** Discord says whom it really called; who is not among them must hear of it otherwise. */
    private void toUnheard(String user, Message message) {
        try {
            toUser(user, message);
        } catch (Later | Refused e) {
            log.warn("Discord user {} was called and not reached: {}", user, e.getMessage());
        }
    }

    /**
     * Discord has no word for one person alone but the answer to what they just did; so they are
     * written to, and who takes no direct messages misses it.
     */
    @Override
    public void whisper(String channel, String person, Message message) throws Later {
        try {
            direct(person, message);
        } catch (Refused refused) {
            log.info("{} is told nothing alone: {}", person, refused.problem());
        }
    }

    @Override
    public void direct(String person, Message message) throws Later, Refused {
        toUser(people.addressee(person), message);
    }

    void toUser(String user, Message message) throws Later, Refused {
        ObjectNode body = in(readers.user(user)).body(message);
        var _ = made(() -> posted(directTo(user), body, user + body));
    }

    private String directTo(String user) throws Later, DiscordApi.No {
        String known = directs.getIfPresent(user);
        if (known != null) {
            return known;
        }
        ObjectNode wanted = Kit.object().put("recipient_id", user);
        String channel =
                api.send("POST", user, "users/@me/channels", wanted).path("id").asString("");
        directs.put(user, channel);
        return channel;
    }
}
