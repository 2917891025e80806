package backout.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.chat.Cards;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Place;
import backout.fixture.DeskBot;
import backout.fixture.FakeDiscord;
import backout.frontdesk.Chat;
import backout.frontdesk.Reply;
import backout.language.Phrase;
import backout.report.Room;
import backout.run.HandClock;
import backout.store.sql.SqlStore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Cards in the thread below another one, in both chats, by their real rooms. */
@SuppressWarnings("NullAway.Init")
final class ThreadTest {
    private static final String SLACK_OPS = "C1OPS";
    private static final String DISCORD_OPS = SlackBot.DISCORD_OPS;

    private final HandClock clock = new HandClock();
    @TempDir private Path home;
    private FakeSlack slack;
    private FakeDiscord discord;
    private SqlStore store;
    private Chat<?> inSlack;
    private Chat<?> inDiscord;

    @BeforeEach
    void open() {
        slack = new FakeSlack(clock);
        discord = new FakeDiscord(clock, DISCORD_OPS);
        store = SqlStore.open(home, clock);
        var bot = new DeskBot(Cards.site(), store.journal(), clock, ThreadTest::unheard);
        inSlack = bot.in(slack.address(), "xoxb-1", "signed");
        inDiscord = bot.in(discord);
    }

    private static Reply unheard(ChatRequest request) {
        throw new IllegalStateException(request.toString());
    }

    @AfterEach
    void close() {
        inSlack.close();
        inDiscord.close();
        store.close();
        slack.close();
        discord.close();
        assertThat(discord.complaints()).isEmpty();
    }

    enum In {
        SLACK,
        DISCORD
    }

    private Room room(In chat) {
        return chat == In.SLACK ? inSlack.room() : inDiscord.room();
    }

    private static String channel(In chat) {
        return chat == In.SLACK ? SLACK_OPS : DISCORD_OPS;
    }

    private static Message says(String text) {
        return Message.line(Phrase.verbatim(text));
    }

    /** The thread below a card that this posts. */
    private String thread(In chat) throws Room.Later, Room.Refused {
        return thread(chat, "card-ABCDE");
    }

    private String thread(In chat, String key) throws Room.Later, Room.Refused {
        String above = room(chat).post(channel(chat), key, says("above"));
        return new Place(room(chat).chat(), channel(chat)).below(above).channel();
    }

    /** What stands in a thread, the oldest first, as JSON. */
    private List<String> standing(In chat, String thread) {
        String below = Place.thread(thread);
        return chat == In.SLACK
                ? slack.posts(SLACK_OPS).stream()
                        .filter(one -> one.contains("\"thread_ts\":\"" + below + "\""))
                        .toList()
                : discord.messages(below).stream().map(FakeDiscord::read).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_card_is_posted_edited_and_told_of_in_the_thread(In chat) throws Exception {
        String thread = thread(chat);
        String card = room(chat).post(thread, "card-FGHJK", says("one more"));
        room(chat).edit(thread, card, says("changed"));
        room(chat).reply(thread, card, says("news"));
        assertThat(standing(chat, thread)).hasSize(2);
        assertThat(standing(chat, thread).getFirst())
                .contains("changed")
                .doesNotContain("one more");
        assertThat(standing(chat, thread).getLast()).contains("news");
    }

    @ParameterizedTest
    @EnumSource
    void a_card_is_found_in_its_thread_and_nowhere_else(In chat) throws Exception {
        String thread = thread(chat);
        assertThat(room(chat).find(thread, "card-FGHJK")).as("nothing stands there").isEmpty();
        String card = room(chat).post(thread, "card-FGHJK", says("one more"));
        assertThat(room(chat).find(thread, "card-FGHJK")).contains(card);
        assertThat(room(chat).find(channel(chat), "card-FGHJK")).isEmpty();
        assertThat(room(chat).find(thread, "card-LMNPQ")).isEmpty();
        assertThat(room(chat).find(channel(chat), "card-ABCDE")).contains(Place.thread(thread));
    }

    /** Slack shows the oldest of a thread first. */
    @Test
    void a_card_is_found_in_a_long_thread() throws Exception {
        Room room = room(In.SLACK);
        String thread = thread(In.SLACK);
        for (int n : IntStream.range(0, 250).toArray()) {
            room.reply(SLACK_OPS, Place.thread(thread), says("news " + n));
        }
        String card = room.post(thread, "card-FGHJK", says("one more"));
        assertThat(room.find(thread, "card-FGHJK")).contains(card);
    }

    @Test
    void what_discord_tells_of_a_card_in_a_thread_names_that_card() throws Exception {
        Room room = room(In.DISCORD);
        String thread = thread(In.DISCORD);
        String card = room.post(thread, "card-FGHJK", says("one more"));
        room.reply(thread, card, says("news"));
        var told = discord.messages(Place.thread(thread)).getLast();
        assertThat(told.at("/message_reference/message_id").asString("")).isEqualTo(card);
        assertThat(discord.messages(DISCORD_OPS)).hasSize(1);
    }

    /** Discord refuses every change in a thread that it archived. */
    @Test
    void a_thread_that_fell_asleep_is_woken_for_an_edit() throws Exception {
        Room room = room(In.DISCORD);
        String thread = thread(In.DISCORD);
        String card = room.post(thread, "card-FGHJK", says("one more"));
        discord.archive(Place.thread(thread));
        room.edit(thread, card, says("changed"));
        assertThat(standing(In.DISCORD, thread)).singleElement().asString().contains("changed");
    }

    @Test
    void a_thread_that_somebody_locked_and_one_that_cannot_be_opened_refuse() throws Exception {
        Room room = room(In.DISCORD);
        String thread = thread(In.DISCORD);
        String card = room.post(thread, "card-FGHJK", says("one more"));
        discord.archive(Place.thread(thread));
        discord.lock(Place.thread(thread));
        var locked =
                catchThrowableOfType(
                        Room.Refused.class, () -> room.edit(thread, card, says("changed")));
        assertThat(locked.gone()).as("the message is there").isEqualTo(Room.Gone.NOTHING);
        discord.forbidsThreads(DISCORD_OPS);
        String other = thread(In.DISCORD, "card-RSTVW");
        var closed =
                catchThrowableOfType(
                        Room.Refused.class, () -> room.post(other, "card-LMNPQ", says("more")));
        assertThat(closed.gone()).isEqualTo(Room.Gone.CHANNEL);
    }

    @Test
    void an_answer_that_was_lost_leaves_one_card_in_the_thread() throws Exception {
        Room room = room(In.DISCORD);
        String thread = thread(In.DISCORD);
        var _ = room.post(thread, "card-FGHJK", says("one more"));
        discord.next("POST /channels/" + Place.thread(thread), FakeDiscord.Fault.ANSWER_LOST);
        var lost =
                catchThrowableOfType(
                        Room.Later.class, () -> room.post(thread, "card-LMNPQ", says("more")));
        assertThat(lost).isNotNull();
        String card = room.post(thread, "card-LMNPQ", says("more"));
        assertThat(room.find(thread, "card-LMNPQ")).contains(card);
        assertThat(standing(In.DISCORD, thread)).hasSize(2);
    }
}
