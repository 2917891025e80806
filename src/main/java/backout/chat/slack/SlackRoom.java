package backout.chat.slack;

import backout.chat.Message;
import backout.chat.Place;
import backout.chat.slack.Whispers.Asker;
import backout.command.Site;
import backout.frontdesk.People;
import backout.language.Language;
import backout.report.Room;

import com.slack.api.model.Message.Metadata;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The channels of one Slack workspace, by bot token. */
final class SlackRoom implements Room {
    private static final String EVENT = "backout_message";
    private static final String KEY = "key";

    /** How far back {@link #find} looks: one page of a channel's history. */
    private static final int WINDOW = 200;

    /** Slack shows the oldest of a thread first, and no more than this at once. */
    private static final int THREAD_WINDOW = 999;

    private final SlackApi api;
    private final People people;
    private final SlackReaders readers;

    SlackRoom(SlackApi api, Supplier<Site> site, SlackReaders readers) {
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

    /** What is read in a channel, or in a thread in it. */
    private SlackRenderer read(String spot) {
        return in(readers.channel(Place.channel(spot)));
    }

    @Override
    public String post(String spot, String key, Message message) throws Later, Refused {
        var metadata = Metadata.builder().eventType(EVENT).eventPayload(Map.of(KEY, key)).build();
        return posted(spot, metadata, read(spot), message, false);
    }

    private String posted(
            String spot,
            @Nullable Metadata metadata,
            SlackRenderer theirs,
            Message message,
            boolean loud)
            throws Later, Refused {
        String channel = Place.channel(spot);
        String text = theirs.text(message);
        String blocks = theirs.json(message);
        return api.call(
                        channel,
                        methods ->
                                methods.chatPostMessage(r ->
                                        r.channel(channel)
                                                .threadTs(orNull(Place.thread(spot)))
                                                .replyBroadcast(loud)
                                                .text(text)
                                                .blocksAsString(blocks)
                                                .metadata(metadata)
                                                .unfurlLinks(false)
                                                .unfurlMedia(false)))
                .getTs();
    }

    private static @Nullable String orNull(String thread) {
        return thread.isEmpty() ? null : thread;
    }

    @Override
    public Optional<String> find(String spot, String key) throws Later, Refused {
        return Optional.ofNullable(messages(Place.channel(spot), Place.thread(spot)))
                .orElse(List.of())
                .stream()
                .filter(message -> carries(message.getMetadata(), key))
                .map(com.slack.api.model.Message::getTs)
                .findFirst();
    }

    private @Nullable List<com.slack.api.model.Message> messages(String channel, String thread)
            throws Later, Refused {
        return thread.isEmpty()
                ? api.call(
                                channel,
                                methods ->
                                        methods.conversationsHistory(r ->
                                                r.channel(channel)
                                                        .limit(WINDOW)
                                                        .includeAllMetadata(true)))
                        .getMessages()
                : api.call(
                                channel,
                                methods ->
                                        methods.conversationsReplies(r ->
                                                r.channel(channel)
                                                        .ts(thread)
                                                        .limit(THREAD_WINDOW)
                                                        .includeAllMetadata(true)))
                        .getMessages();
    }

    private static boolean carries(@Nullable Metadata metadata, String key) {
        return metadata != null
                && EVENT.equals(metadata.getEventType())
                && metadata.getEventPayload() != null
                && key.equals(metadata.getEventPayload().get(KEY));
    }

    @Override
    public void edit(String spot, String address, Message message) throws Later, Refused {
        String channel = Place.channel(spot);
        SlackRenderer theirs = read(spot);
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

    /** There is no thread in a thread. */
    @Override
    public void reply(String spot, String address, Message message) throws Later, Refused {
        tell(spot, address, message, Optional.empty());
    }

    @Override
    public void tell(String spot, String address, Message message, Optional<Message> loud)
            throws Later, Refused {
        boolean isThread = !Place.thread(spot).isEmpty();
        String below = isThread ? spot : new Place(chat(), spot).below(address).channel();
        var _ = posted(below, null, read(spot), message, loud.isPresent());
    }

    @Override
    public void whisper(String spot, String person, Message message) throws Later, Refused {
        String user = people.addressee(person);
        whisperTo(new Asker(user, Place.channel(spot), Place.thread(spot), ""), message);
    }

    @Override
    public void direct(String person, Message message) throws Later, Refused {
        toUser(people.addressee(person), message);
    }

    /** Slack takes a user's id for the channel of their direct messages. */
    void toUser(String user, Message message) throws Later, Refused {
        var _ = posted(user, null, in(readers.of(user)), message, false);
    }

    /** To somebody who may be nobody of ours. */
    void whisperTo(Asker asker, Message message) throws Later, Refused {
        SlackRenderer own = in(readers.of(asker.user()));
        String text = own.text(message);
        String blocks = own.json(message);
        var _ =
                api.call(
                        asker.channel(),
                        methods ->
                                methods.chatPostEphemeral(r ->
                                        r.channel(asker.channel())
                                                .user(asker.user())
                                                .threadTs(orNull(asker.thread()))
                                                .text(text)
                                                .blocksAsString(blocks)));
    }
}
