package backout.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.chat.Cards;
import backout.chat.Message;
import backout.fixture.SlackDriver;
import backout.language.Language;
import backout.language.Phrase;
import backout.report.Room;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Slack can answer, and what the room makes of it. */
class SlackRoomTest {
    private static final String TOKEN = "xoxb-very-secret";
    private static final Message MESSAGE = Message.line(Phrase.of("hello"));

    private final SlackDriver driver = new SlackDriver(URI.create("http://127.0.0.1:9/api/"));
    private final SlackApi api = SlackApi.at(driver.address(), TOKEN, Duration.ofMillis(700));
    private final SlackReaders readers =
            new SlackReaders(
                    api,
                    Language.ENGLISH,
                    Map.of("C0777", Language.of("zh", ZoneOffset.UTC)),
                    System::nanoTime);
    private final SlackRoom room = new SlackRoom(api, Cards::site, readers);

    @AfterEach
    void close() {
        api.close();
        driver.close();
    }

    private static MockResponse json(String body) {
        return new MockResponse(200, Headers.of("Content-Type", "application/json"), body);
    }

    private String post() throws Room.Later, Room.Refused {
        return room.post("C1", "card-7F3KQ", MESSAGE);
    }

    private static Room.Later later(ThrowingCallable call) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(Room.Later.class, call);
    }

    @Test
    void a_post_carries_its_key_and_gives_its_address() throws Exception {
        driver.answering("chat.postMessage", json("{\"ok\": true, \"ts\": \"17.01\"}"));
        assertThat(post()).isEqualTo("17.01");
        var call = driver.calls("chat.postMessage").getFirst();
        assertThat(call.get("channel")).isEqualTo("C1");
        assertThat(call.get("metadata")).contains("backout_message").contains("card-7F3KQ");
        assertThat(call.get("text")).isEqualTo("hello");
        assertThat(call.get("blocks")).contains("rich_text");
    }

    @Test
    void a_channel_with_a_language_of_its_own_gets_and_keeps_it() throws Exception {
        var says = Phrase.of("{0} votes", "2");
        Message message = Message.line(says);
        var posted = json("{\"ok\": true, \"ts\": \"17.01\"}");
        driver.answering("chat.postMessage", posted, posted, posted);
        driver.answering("chat.update", posted, posted);
        for (String channel : List.of("C1", "C0777")) {
            var _ = room.post(channel, "card-7F3KQ", message);
            room.edit(channel, "17.01", message);
        }
        room.reply("C0777", "17.01", message);
        for (String call : List.of("chat.postMessage", "chat.update")) {
            assertThat(driver.calls(call).getFirst().get("text")).isEqualTo("2 votes");
            assertThat(driver.calls(call).get(1).get("text")).isEqualTo("2 票");
            assertThat(driver.calls(call).get(1).get("blocks")).contains("2 票");
        }
        assertThat(driver.calls("chat.postMessage").get(2).get("text")).isEqualTo("2 票");
    }

    @Test
    void too_many_calls_wait_as_long_as_slack_says() {
        driver.answering(
                "chat.postMessage",
                new MockResponse(
                        429,
                        Headers.of("Retry-After", "30"),
                        "{\"ok\": false, \"error\": \"ratelimited\"}"));
        assertThat(later(this::post).after()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "99999999999999999999"})
    void too_many_calls_without_a_number_wait_a_second(String header) {
        driver.answering(
                "chat.postMessage",
                new MockResponse(429, Headers.of("Retry-After", header), "slow down"));
        assertThat(later(this::post).after()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 302})
    void a_fault_of_slack_is_tried_again_later(int status) {
        driver.answering("chat.update", new MockResponse(status, Headers.of(), "<html>"));
        assertThat(later(() -> room.edit("C1", "17.01", MESSAGE)).after()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_error", "fatal_error", "service_unavailable"})
    void an_error_that_passes_is_tried_again_later(String error) {
        driver.answering("chat.postMessage", json("{\"ok\": false, \"error\": \"" + error + "\"}"));
        assertThat(later(this::post).after()).isZero();
    }

    @Test
    void no_answer_in_time_a_broken_one_and_none_are_later_and_nothing_is_sent_twice() {
        driver.answering(
                "chat.postMessage",
                new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build(),
                json("<html>"),
                json(""),
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        for (int call = 1; call <= 4; call++) {
            assertThat(later(this::post)).isNotNull();
            assertThat(driver.calls("chat.postMessage")).hasSize(call);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "not_in_channel,/invite @backout",
        "channel_not_found,/invite @backout",
        "is_archived,unarchive",
        "invalid_auth,slack/bot-token",
        "token_revoked,slack/bot-token",
        "account_inactive,slack/bot-token",
        "missing_scope,scope chat:write",
        "message_not_found,deleted",
        "invalid_blocks,report it",
        "something_new,docs.slack.dev"
    })
    void a_refusal_says_what_to_do(String error, String next) {
        driver.answering(
                "chat.postMessage",
                json(
                        "{\"ok\": false, \"error\": \"%s\", \"needed\": \"chat:write\"}"
                                .formatted(error)));
        assertThatThrownBy(this::post)
                .isInstanceOf(Room.Refused.class)
                .hasMessageContaining(error)
                .extracting(e -> ((Room.Refused) e).problem().next().toString())
                .asInstanceOf(InstanceOfAssertFactories.STRING)
                .contains(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cant_update_message", "edit_window_closed"})
    void a_message_that_is_not_its_own_to_change_is_gone_and_its_channel_is_not(String error) {
        driver.answering("chat.update", json("{\"ok\": false, \"error\": \"" + error + "\"}"));
        assertThatThrownBy(() -> room.edit("C1", "17.01", MESSAGE))
                .asInstanceOf(InstanceOfAssertFactories.type(Room.Refused.class))
                .satisfies(refused -> {
                    assertThat(refused.gone()).isEqualTo(Room.Gone.MESSAGE);
                    assertThat(refused.problem().toString())
                            .contains(error, "the message is no longer this app's to change");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_auth", "token_revoked", "token_expired", "account_inactive"})
    void a_token_that_is_not_good_is_the_way_in_and_no_message(String error) {
        driver.answering("chat.postMessage", json("{\"ok\": false, \"error\": \"" + error + "\"}"));
        assertThatThrownBy(this::post)
                .asInstanceOf(InstanceOfAssertFactories.type(Room.Refused.class))
                .satisfies(refused -> assertThat(refused.gone()).isEqualTo(Room.Gone.WAY_IN));
    }

    @Test
    void an_address_that_is_not_slack_is_refused() {
        driver.answering("chat.postMessage", new MockResponse(404, Headers.of(), "nginx"));
        assertThatThrownBy(this::post)
                .asInstanceOf(InstanceOfAssertFactories.type(Room.Refused.class))
                .satisfies(refused -> assertThat(refused.gone()).isEqualTo(Room.Gone.WAY_IN))
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .contains("HTTP 404");
    }

    @Test
    void nothing_that_is_thrown_holds_the_token() {
        driver.answering(
                "chat.postMessage",
                json("{\"ok\": false, \"error\": \"invalid_auth\"}"),
                new MockResponse(500, Headers.of(), TOKEN),
                new MockResponse(404, Headers.of(), TOKEN),
                json(TOKEN));
        for (int call = 0; call < 4; call++) {
            assertThatThrownBy(this::post)
                    .satisfies(e -> assertThat(stack(e)).doesNotContain(TOKEN));
        }
        assertThat(api.toString()).doesNotContain(TOKEN);
    }

    private static String stack(Throwable thrown) {
        var text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @Test
    void a_message_is_found_by_its_key_among_others() throws Exception {
        driver.answering(
                "conversations.history",
                json(
                        """
                        {"ok": true, "messages": [
                          {"ts": "1", "text": "people talk"},
                          {"ts": "2", "metadata": {"event_type": "other",
                                                   "event_payload": {"key": "card-7F3KQ"}}},
                          {"ts": "3", "metadata": {"event_type": "backout_message",
                                                   "event_payload": {"key": "card-ABCDE"}}},
                          {"ts": "4", "metadata": {"event_type": "backout_message",
                                                   "event_payload": {"key": "card-7F3KQ"}}}]}\
                        """),
                json("{\"ok\": true, \"messages\": []}"));
        assertThat(room.find("C1", "card-7F3KQ")).contains("4");
        assertThat(room.find("C1", "card-7F3KQ")).isEmpty();
        assertThat(driver.calls("conversations.history").getFirst().get("include_all_metadata"))
                .isIn("1", "true");
    }

    @Test
    void a_look_that_got_no_answer_does_not_say_it_is_not_there() {
        driver.answering("conversations.history", new MockResponse(503, Headers.of(), ""));
        assertThat(later(() -> room.find("C1", "card-7F3KQ"))).isNotNull();
    }

    @Test
    void what_one_person_reads_is_in_their_language_and_what_all_read_in_the_sites()
            throws Exception {
        driver.answering("users.info", json("{\"ok\": true, \"user\": {\"locale\": \"zh-CN\"}}"));
        driver.answering("chat.postEphemeral", json("{\"ok\": true}"));
        String posted = "{\"ok\": true, \"ts\": \"17.01\"}";
        driver.answering("chat.postMessage", json(posted), json(posted), json(posted));
        var message = Message.line(Phrase.of("Not now"));
        room.whisper("C1", "anna", message);
        room.direct("anna", message);
        var _ = room.post("C1", "card-7F3KQ", message);
        room.reply("C1", "17.01", message);
        assertThat(driver.calls("chat.postEphemeral").getFirst().get("text")).isEqualTo("暂不");
        assertThat(driver.calls("chat.postMessage"))
                .extracting(call -> call.get("text"))
                .containsExactly("暂不", "Not now", "Not now");
        assertThat(driver.calls("users.info")).hasSize(1);
    }

    @Test
    void a_whisper_needs_an_account() {
        assertThatThrownBy(() -> room.whisper("C1", "dora", MESSAGE))
                .isInstanceOf(Room.Refused.class)
                .hasMessageContaining("config/people.yml");
        assertThat(driver.calls()).isEmpty();
    }

    @Test
    void slack_says_whose_token_it_is() throws Exception {
        driver.answering(
                "auth.test", json("{\"ok\": true, \"user\": \"backout\", \"team\": \"Acme\"}"));
        assertThat(Optional.of(api.whoAmI())).contains("backout in Acme");
    }
}
