package backout.chat.discord;

import backout.chat.Message;
import backout.chat.Place;
import backout.command.Site;
import backout.frontdesk.Diagnosis;
import backout.frontdesk.People;
import backout.language.Language;
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
import java.util.function.Supplier;

/** The channels that one Discord bot is in, by its token. */
final class DiscordRoom implements Room {
    /** Before the id of a channel in which one person talks with the bot alone. */
    static final String DIRECT = "@";

    /** How far back {@link #find} looks: the most that Discord shows at once. */
    private static final int WINDOW = 100;

    /** Ids of components that Discord gives by itself begin at one. */
    private static final int FIRST_OF_OURS = 1 << 30;

    private static final Logger log = LoggerFactory.getLogger(DiscordRoom.class);

    private final DiscordApi api;
    private final People people;
    private final DiscordReaders readers;
    private final Threads threads;
    private volatile String self = "";
    private final Cache<String, String> directs = Caffeine.newBuilder().maximumSize(1000).build();

    DiscordRoom(DiscordApi api, Supplier<Site> site, DiscordReaders readers) {
        this.api = api;
        this.people = DiscordChat.people(site);
        this.readers = readers;
        this.threads = new Threads(api);
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

    /** What is read in a channel, or in a thread in it. */
    private DiscordRenderer read(String spot) {
        return in(readers.channel(Place.channel(spot)));
    }

    /** A call of Discord's. */
    private interface Call<T> {
        T make() throws Later, DiscordApi.No;
    }

    private static <T> T made(Call<T> call) throws Later, Refused {
        try {
            return call.make();
        } catch (DiscordApi.No no) {
            throw new Refused(no.problem(), no.gone());
        }
    }

    @Override
    public String post(String channel, String key, Message message) throws Later, Refused {
        DiscordRenderer theirs = read(channel);
        ObjectNode body = theirs.body(message);
        ((ObjectNode) body.path("components").path(0)).put("id", mark(key));
        String address = made(() -> threads.post(channel, body, key)).path("id").asString("");
        threads.called(address, theirs.threadName(message));
        return address;
    }

    /** A number that nobody sees: Discord keeps the ids of components. */
    private static int mark(String key) {
        return FIRST_OF_OURS | (int) (Long.parseLong(Sha256.of(key).substring(0, 8), 16) >> 3);
    }

    @Override
    public Optional<String> find(String channel, String key) throws Later, Refused {
        JsonNode messages = made(() -> threads.list(channel, WINDOW));
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
        DiscordRenderer theirs = read(channel);
        ObjectNode body = theirs.body(message);
        threads.called(address, theirs.threadName(message));
        var _ = made(() -> threads.edit(channel, address, body));
    }

    /**
     * Below the message where that stands in a thread already; else in the thread of the message,
     * which has the message's own id and is opened by the first; where there can be none, or
     * somebody closed it, below the message itself.
     */
    @Override
    public void reply(String channel, String address, Message message) throws Later, Refused {
        tell(channel, address, message, Optional.empty());
    }

    /**
     * Discord shows no reply of a thread in its channel: there it stands as an answer to the card.
     */
    @Override
    public void tell(String channel, String address, Message message, Optional<Message> loud)
            throws Later, Refused {
        DiscordRenderer theirs = read(channel);
        ObjectNode body = theirs.body(message);
        threads.calledElse(address, theirs.threadName(message));
        JsonNode there = made(() -> threads.reply(channel, address, body, theirs));
        boolean inThread = there.path("channel_id").asString("").equals(address);
        if (loud.isPresent() && inThread) {
            ObjectNode shout = theirs.body(loud.get());
            var _ = made(() -> threads.shout(channel, address, shout));
        }
        Set<String> missed = new HashSet<>(theirs.called(message));
        there.path("mentions").forEach(user -> missed.remove(user.path("id").asString("")));
        for (String user : missed) {
            toUnheard(user, message);
        }
    }

    /** Opens the thread of a message, to see whether that can be done. */
    Diagnosis thread(String channel, String address) throws Later, Refused {
        return made(() -> threads.examine(channel, address));
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
        var _ = made(() -> threads.post(directTo(user), body, user + body));
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
