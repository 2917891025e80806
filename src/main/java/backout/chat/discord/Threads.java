package backout.chat.discord;

import backout.chat.Message;
import backout.chat.Place;
import backout.frontdesk.Diagnosis;
import backout.language.Phrase;
import backout.problem.Sha256;
import backout.report.Room.Later;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of channels and of the threads in them: a thread is opened by the first message in
 * it, woken when it fell asleep, and done without where there can be none. A place is named as
 * {@link Place#channel} does it.
 */
final class Threads {
    /** Minutes: a run that waits over the night goes on where it was. */
    private static final int REST_AFTER = 10_080;

    private static final Message CLOSED =
            Message.line(
                    Phrase.of(
                            "The thread cannot be written to: it is locked, or the bot may not send"
                                    + " messages in threads. What would stand there goes on"
                                    + " here."));

    private static final Logger log = LoggerFactory.getLogger(Threads.class);

    private final DiscordApi api;

    /** Messages below whose thread nothing can be written, which is said once. */
    private final Cache<String, Boolean> closed = Caffeine.newBuilder().maximumSize(1000).build();

    /** What threads are called, by the messages that they begin with. */
    private final Cache<String, String> names = Caffeine.newBuilder().maximumSize(1000).build();

    Threads(DiscordApi api) {
        this.api = api;
    }

    /** What the thread below this message is called, if it is opened. */
    void called(String address, String name) {
        names.put(address, name);
    }

    /** The same where nobody said so before: after a start what is told of a card has to do. */
    void calledElse(String address, String name) {
        names.asMap().putIfAbsent(address, name);
    }

    /** A thread has the id of the message that it is below. */
    private static String id(String spot) {
        String thread = Place.thread(spot);
        String channel = thread.isEmpty() ? spot : thread;
        return channel.startsWith(DiscordRoom.DIRECT)
                ? channel.substring(DiscordRoom.DIRECT.length())
                : channel;
    }

    /** The latest messages; none in a thread that was not opened yet. */
    JsonNode list(String spot, int most) throws Later, DiscordApi.No {
        String id = id(spot);
        try {
            return api.get(id, "channels/" + id + "/messages?limit=" + most);
        } catch (DiscordApi.No no) {
            if (no.code() == DiscordErrors.UNKNOWN_CHANNEL && !Place.thread(spot).isEmpty()) {
                return Kit.JSON.createArrayNode();
            }
            throw no;
        }
    }

    /** Opens the thread that this goes to, where nobody did. */
    JsonNode post(String spot, ObjectNode body, String key) throws Later, DiscordApi.No {
        try {
            return posted(id(spot), body, key);
        } catch (DiscordApi.No no) {
            String thread = Place.thread(spot);
            boolean opens =
                    no.code() == DiscordErrors.UNKNOWN_CHANNEL
                            && !thread.isEmpty()
                            && opens(Place.channel(spot), thread);
            if (!opens) {
                throw no;
            }
            return posted(thread, body, key);
        }
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

    /** Nothing can be edited in a thread that fell asleep. */
    JsonNode edit(String spot, String address, ObjectNode body) throws Later, DiscordApi.No {
        String id = id(spot);
        String path = "channels/" + id + "/messages/" + address;
        try {
            return api.send("PATCH", id, path, body);
        } catch (DiscordApi.No no) {
            if (no.code() != DiscordErrors.ARCHIVED) {
                throw no;
            }
            var _ = api.send("PATCH", id, "channels/" + id, Kit.object().put("archived", false));
            return api.send("PATCH", id, path, body);
        }
    }

    /** See {@link DiscordRoom#reply}. */
    JsonNode reply(String spot, String address, ObjectNode body, DiscordRenderer theirs)
            throws Later, DiscordApi.No {
        String channel = id(spot);
        String key = address + body;
        if (!Place.thread(spot).isEmpty() || closed.getIfPresent(address) != null) {
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
        String name = names.asMap().getOrDefault(address, "Backout");
        ObjectNode thread = Kit.object().put("name", name).put("auto_archive_duration", REST_AFTER);
        try {
            var _ = api.send("POST", channel, opening(channel, address), thread);
            return true;
        } catch (DiscordApi.No no) {
            log.info("there is no thread below {}: {}", address, no.problem());
            return false;
        }
    }

    private static String opening(String channel, String address) {
        return "channels/" + channel + "/messages/" + address + "/threads";
    }

    /** Opens the thread of a message, to see whether that can be done. */
    Diagnosis examine(String channel, String address) throws Later, DiscordApi.No {
        var thread = Kit.object().put("name", "TEST");
        var _ = api.send("POST", channel, opening(channel, address), thread);
        return Diagnosis.well(Phrase.of("channel {0}: a thread can be opened", channel));
    }

    /** In the channel, as an answer to the message whose thread it is about. */
    JsonNode shout(String channel, String address, ObjectNode body) throws Later, DiscordApi.No {
        return below(id(channel), address, body, address + "loud" + body);
    }

    private JsonNode below(String channel, String address, ObjectNode body, String key)
            throws Later, DiscordApi.No {
        ObjectNode reference = body.putObject("message_reference");
        reference.put("message_id", address).put("fail_if_not_exists", false);
        return posted(channel, body, key);
    }
}
