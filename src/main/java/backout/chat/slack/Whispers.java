package backout.chat.slack;

import backout.chat.Message;
import backout.language.Language;
import backout.report.Room;

import com.google.gson.JsonObject;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Words for one person alone, in answer to what they did. */
final class Whispers {
    private static final Logger log = LoggerFactory.getLogger(Whispers.class);

    private final SlackApi api;
    private final SlackRoom room;
    private final SlackReaders readers;

    Whispers(SlackApi api, SlackRoom room, SlackReaders readers) {
        this.api = api;
        this.room = room;
        this.readers = readers;
    }

    /**
     * Who asked, and how they can be answered.
     *
     * @param channel empty where they asked in none
     * @param thread in which they asked; empty for the channel itself
     * @param responseUrl empty where there is none
     */
    record Asker(String user, String channel, String thread, String responseUrl) {
        Asker in(String thread) {
            return new Asker(user, channel, thread, responseUrl);
        }
    }

    /** As the body of an answer to a request, which Slack waits for. */
    JsonObject body(Asker asker, Message message) {
        return body(message, readers.soon(asker.user()));
    }

    private JsonObject body(Message message, Language language) {
        SlackRenderer renderer = room.in(language);
        var body = new JsonObject();
        body.addProperty("response_type", "ephemeral");
        body.addProperty("replace_original", false);
        body.addProperty("text", renderer.text(message));
        body.add("blocks", renderer.blocks(message));
        return body;
    }

    private JsonObject own(Asker asker, Message message) {
        return body(message, readers.of(asker.user()));
    }

    /** Waits for Slack; what cannot be delivered is logged, nothing waits for it. */
    void tell(Asker asker, Message message) {
        boolean told =
                !asker.responseUrl().isEmpty()
                        && api.respond(asker.responseUrl(), own(asker, message).toString());
        if (told) {
            return;
        }
        try {
            if (asker.channel().isEmpty()) {
                room.toUser(asker.user(), message);
            } else {
                room.whisperTo(asker, message);
            }
        } catch (Room.Later | Room.Refused e) {
            log.warn(
                    "Slack user {} was not told {}: {}",
                    asker.user(),
                    message.summary(),
                    e.getMessage());
        }
    }
}
