package backout.notify.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.chat.Message;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.plan.TargetName;
import backout.report.Happening;
import backout.report.Notice;
import backout.report.ReceiverKind;
import backout.report.Room;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import okhttp3.Headers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A robot that answers as DingTalk's do, 200 also when it refuses. */
@SuppressWarnings("NullAway.Init")
final class DingTalkTest {
    private static final String SECRET = "this is secret";
    private static final Instant NOW = Instant.ofEpochMilli(1577262236757L);
    private static final String TAKEN = "{\"errcode\":0,\"errmsg\":\"ok\"}";

    private final MockWebServer web = new MockWebServer();
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        web.start(InetAddress.getLoopbackAddress(), 0);
        settings.put("address", URI.create("http://127.0.0.1:" + web.getPort() + "/robot/send"));
        settings.put("token", "env:TOKEN");
        settings.put("secret", "env:SECRET");
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private DingTalk robot() {
        var secrets = new Secrets(Map.of("TOKEN", "t0ken+", "SECRET", SECRET)::get);
        return new DingTalk(
                new ReceiverKind.Means(
                        "config/notices.yml dingtalk/ops",
                        new Settings(settings),
                        secrets,
                        InstantSource.fixed(NOW)));
    }

    private static Notice notice(String id, String says) {
        return new Notice(
                id,
                Happening.OUTCOME,
                NOW,
                List.of(TargetName.of("compose/relay")),
                "7F3KQ",
                Map.of(),
                Message.line(Phrase.verbatim(says)));
    }

    private void answers(String body) {
        web.enqueue(new MockResponse(200, Headers.of(), body));
    }

    private JsonNode sent() throws InterruptedException {
        return new JsonMapper().readTree(web.takeRequest().getBody().utf8());
    }

    private Room.Refused refused() {
        return catchThrowableOfType(
                Room.Refused.class, () -> robot().tell(List.of(notice("1", "done"))));
    }

    private Room.Later later() {
        return catchThrowableOfType(
                Room.Later.class, () -> robot().tell(List.of(notice("1", "done"))));
    }

    @Test
    void the_signature_is_that_of_the_vector() {
        assertThat(DingTalk.sign(1577262236757L, SECRET))
                .isEqualTo("hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D");
    }

    @Test
    void a_message_is_text_alone_and_signed() throws Exception {
        answers(TAKEN);
        robot().tell(List.of(notice("1", "已紧急回滚 [x](http://evil) @all"), notice("2", "二")));
        RecordedRequest request = web.takeRequest();
        assertThat(request.getTarget())
                .isEqualTo(
                        "/robot/send?access_token=t0ken%2B&timestamp=1577262236757"
                                + "&sign=hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D");
        JsonNode body = new JsonMapper().readTree(request.getBody().utf8());
        assertThat(body.path("msgtype").asString()).isEqualTo("text");
        assertThat(body.path("text").path("content").asString())
                .isEqualTo("已紧急回滚 [x](http://evil) @all\n\n二");
        assertThat(body.has("at")).isFalse();
    }

    @Test
    void the_keyword_stands_in_each_message_once() throws Exception {
        settings.put("keyword", "回滚");
        answers(TAKEN);
        answers(TAKEN);
        robot().tell(List.of(notice("1", "done")));
        robot().tell(List.of(notice("2", "已回滚")));
        assertThat(sent().path("text").path("content").asString()).isEqualTo("done\n回滚");
        assertThat(sent().path("text").path("content").asString()).isEqualTo("已回滚");
    }

    @Test
    void what_is_too_long_is_cut_below_dingtalks_limit() throws Exception {
        answers(TAKEN);
        robot().tell(List.of(notice("1", "滚".repeat(30_000))));
        assertThat(web.takeRequest().getBodySize()).isBetween(10_000L, 20_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "sign not match,compare secret:",
        "keywords not in content,one of the robot's keywords",
        "ip 1.2.3.4 not in whitelist,add this machine's address"
    })
    void errcode_310000_is_a_problem_that_says_which_guard_refused(String says, String next) {
        answers("{\"errcode\":310000,\"errmsg\":\"" + says + "\"}");
        Room.Refused refused = refused();
        assertThat(refused.gone()).isEqualTo(Room.Gone.NOTHING);
        assertThat(refused.problem().toString())
                .contains("config/notices.yml dingtalk/ops secret", "errcode 310000", says, next)
                .doesNotContain(SECRET, "t0ken");
    }

    @Test
    void a_token_of_no_robot_is_mended_and_a_word_that_is_refused_is_not() {
        answers("{\"errcode\":300005,\"errmsg\":\"token is not exist\"}");
        assertThat(refused().gone()).isEqualTo(Room.Gone.NOTHING);
        answers("{\"errcode\":430102,\"errmsg\":\"unsafe text\"}");
        assertThat(refused().gone()).isEqualTo(Room.Gone.MESSAGE);
    }

    @Test
    void more_than_twenty_a_minute_waits() {
        answers("{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}");
        assertThat(later().after()).isEqualTo(Duration.ofMinutes(1));
        assertThat(robot().pace().multipliedBy(20)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void what_is_busy_or_broken_is_asked_again() {
        web.enqueue(new MockResponse(429, Headers.of("Retry-After", "17"), ""));
        assertThat(later().after()).isEqualTo(Duration.ofSeconds(17));
        web.enqueue(new MockResponse(503, Headers.of(), "down"));
        assertThat(later().why().toString()).contains("answers 503");
        answers("{\"errcode\":-1,\"errmsg\":\"system busy\"}");
        assertThat(later()).isNotNull();
        answers("<html>a proxy</html>");
        assertThat(later()).isNotNull();
    }

    @Test
    void a_cut_connection_tells_no_secret() {
        web.enqueue(
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        assertThat(later().why().toString())
                .startsWith("http://127.0.0.1:" + web.getPort() + " gave no answer")
                .doesNotContain("t0ken", "access_token");
    }

    @Test
    void a_redirect_is_not_followed() {
        web.enqueue(new MockResponse(302, Headers.of("Location", "/elsewhere"), ""));
        assertThat(refused().problem().toString()).contains("DingTalk answers 302");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void a_secret_that_is_not_there_is_told_and_nothing_is_sent() {
        settings.put("token", "env:NOTHING");
        Room.Refused refused =
                catchThrowableOfType(
                        Room.Refused.class,
                        () ->
                                new DingTalk(
                                                new ReceiverKind.Means(
                                                        "config/notices.yml dingtalk/ops",
                                                        new Settings(settings),
                                                        new Secrets(_ -> ""),
                                                        InstantSource.system()))
                                        .tell(List.of(notice("1", "done"))));
        assertThat(refused.problem().toString()).contains("env:NOTHING holds nothing");
        assertThat(web.getRequestCount()).isZero();
    }

    @Test
    void an_address_without_tls_that_is_not_on_this_machine_is_refused() {
        var open = new Settings(Map.of("address", URI.create("http://oapi.dingtalk.com")));
        assertThat(DingTalk.KIND.mistakes().apply(open)).containsKey("address");
        assertThat(DingTalk.KIND.mistakes().apply(new Settings(settings))).isEmpty();
    }

    @Test
    void every_language_may_be_said() {
        answers(TAKEN);
        assertThatCode(() -> robot().tell(List.of(notice("1", "done").in(Language.ENGLISH))))
                .doesNotThrowAnyException();
    }
}
