package backout.chat.slack;

import backout.chat.Message;
import backout.chat.slack.Whispers.Asker;
import backout.command.Site;
import backout.frontdesk.People;
import backout.language.Language;
import backout.report.Room;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message.Metadata;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The channels of one Slack workspace, by bot token. */
final class SlackRoom implements Room {
    private static final String EVENT = "backout_message";
    private static final String KEY = "key";

    /** How far back {@link #find} looks: one page of a channel's history. */
    private static final int WINDOW = 200;

    private final SlackApi api;
    private final People people;
    private final SlackReaders readers;

    SlackRoom(SlackApi api, Site site, SlackReaders readers) {
        this.api = api;
        this.people = SlackChat.people(site);
        this.readers = readers;
    }

    SlackRenderer in(Language language) {
        return new SlackRenderer(people::user, language);
    }

    @Override
    public String chat() {
        return SlackChat.KEYS.name();
    }

    /** Slack's ids tell it: https://api.slack.com/types/conversation. */
    @Override
    public boolean isDirect(String channel) {
        return channel.startsWith("D");
    }

    @Override
    public String post(String channel, String key, Message message) throws Later, Refused {
        SlackRenderer theirs = in(readers.channel(channel));
        String text = theirs.text(message);
        String blocks = theirs.json(message);
        var metadata = Metadata.builder().eventType(EVENT).eventPayload(Map.of(KEY, key)).build();
        return api.call(
                        channel,
                        methods ->
                                methods.chatPostMessage(r ->
                                        r.channel(channel)
                                                .text(text)
                                                .blocksAsString(blocks)
                                                .metadata(metadata)
                                                .unfurlLinks(false)
                                                .unfurlMedia(false)))
                .getTs();
    }

    @Override
    public Optional<String> find(String channel, String key) throws Later, Refused {
        ConversationsHistoryResponse history =
                api.call(
                        channel,
                        methods ->
                                methods.conversationsHistory(r ->
                                        r.channel(channel).limit(WINDOW).includeAllMetadata(true)));
        return Optional.ofNullable(history.getMessages()).orElse(List.of()).stream()
                .filter(message -> carries(message.getMetadata(), key))
                .map(com.slack.api.model.Message::getTs)
                .findFirst();
    }

    private static boolean carries(@Nullable Metadata metadata, String key) {
        return metadata != null
                && EVENT.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && key.equals(metadata.getEventPayload().get(KEY));
    }

    @Override
    public void edit(String channel, String address, Message message) throws Later, Refused {
        SlackRenderer theirs = in(readers.channel(channel));
        String text = theirs.text(message);
        String blocks = theirs.json(message);
        var _ =
                api.call(
                        channel,
                        methods ->
                                methods.chatUpdate(r ->
                                        r.channel(channel)
                                                .ts(address)
                                                .text(text)
                                                .blocksAsString(blocks)));
    }

    @Override
    public void reply(String channel, String address, Message message) throws Later, Refused {
        tell(channel, address, message, false);
    }

    @Override
    public void tell(String channel, String address, Message message, boolean loud)
            throws Later, Refused {
        SlackRenderer theirs = in(readers.channel(channel));
        String text = theirs.text(message);
        String blocks = theirs.json(message);
        var _ =
                api.call(
                        channel,
                        methods ->
                                methods.chatPostMessage(r ->
                                        r.channel(channel)
                                                .threadTs(address)
                                                .replyBroadcast(loud)
                                                .text(text)
                                                .blocksAsString(blocks)
                                                .unfurlLinks(false)
                                                .unfurlMedia(false)));
    }

    @Override
    public void whisper(String channel, String person, Message message) throws Later, Refused {
        whisperTo(new Asker(people.addressee(person), channel, "", ""), message);
    }

    @Override
    public void direct(String person, Message message) throws Later, Refused {
        toUser(people.addressee(person), message);
    }

    /** Slack takes a user's id for the channel of their direct messages. */
    void toUser(String user, Message message) throws Later, Refused {
        SlackRenderer own = in(readers.of(user));
        String text = own.text(message);
        String blocks = own.json(message);
        var _ =
                api.call(
                        user,
                        methods ->
                                methods.chatPostMessage(
                                        r -> r.channel(user).text(text).blocksAsString(blocks)));
    }

    /** To somebody who may be nobody of ours. */
    void whisperTo(Asker asker, Message message) throws Later, Refused {
        SlackRenderer own = in(readers.of(asker.user()));
        String text = own.text(message);
        String blocks = own.json(message);
        String thread = asker.thread().isEmpty() ? null : asker.thread();
        var _ =
                api.call(
                        asker.channel(),
                        methods ->
                                methods.chatPostEphemeral(r ->
                                        r.channel(asker.channel())
                                                .user(asker.user())
                                                .threadTs(thread)
                                                .text(text)
                                                .blocksAsString(blocks)));
    }
}
