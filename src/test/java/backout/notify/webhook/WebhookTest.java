package backout.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import backout.approval.Contact;
import backout.approval.Person;
import backout.chat.Message;
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
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A program that looks at the signature as the README says. */
@SuppressWarnings("NullAway.Init")
final class WebhookTest {
    private static final String SECRET = "s3cret";
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00.5Z");

    private final MockWebServer web = new MockWebServer();
    private final Map<String, Object> settings = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        web.start(InetAddress.getLoopbackAddress(), 0);
        settings.put("url", URI.create("http://127.0.0.1:" + web.getPort() + "/in/pa55"));
        settings.put("secret", "env:SECRET");
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private Webhook hook() {
        var secrets = new Secrets(Map.of("TOKEN", "t0ken", "SECRET", SECRET)::get);
        return new Webhook(
                new ReceiverKind.Means(
                        "config/notices.yml webhook/ops",
                        new Settings(settings),
                        secrets,
                        InstantSource.fixed(NOW)));
    }

    private static Notice notice() {
        return new Notice(
                "7F3KQ-9",
                Happening.OUTCOME,
                NOW,
                List.of(TargetName.of("compose/relay")),
                "7F3KQ",
                Map.of("from", "2.0", "to", "1.0", "asked-by", "li"),
                Message.line(Phrase.of("Next: {0}", "revert it in git")));
    }

    private void answers(int status) {
        web.enqueue(new MockResponse(status, Headers.of("Location", "/elsewhere"), ""));
    }

    private Room.Refused refused() {
        return catchThrowableOfType(Room.Refused.class, () -> hook().tell(List.of(notice())));
    }

    private Room.Later later() {
        return catchThrowableOfType(Room.Later.class, () -> hook().tell(List.of(notice())));
    }

    @Test
    void it_is_signed_over_the_time_and_the_body_and_has_a_key_for_ever() throws Exception {
        settings.put("token", "env:TOKEN");
        answers(204);
        hook().tell(List.of(notice()));
        RecordedRequest request = web.takeRequest();
        String body = request.getBody().utf8();
        Headers headers = request.getHeaders();
        String stamp = Objects.requireNonNull(headers.get("Backout-Timestamp"));
        assertThat(stamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(headers.get("Backout-Signature")).isEqualTo("v1=" + signed(stamp + "." + body));
        assertThat(headers.get("Idempotency-Key")).isEqualTo("7F3KQ-9");
        assertThat(headers.get("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(headers.get("Content-Type")).startsWith("application/json");
        JsonNode json = new JsonMapper().readTree(body);
        assertThat(json.path("id").asString()).isEqualTo("7F3KQ-9");
        assertThat(json.path("event").asString()).isEqualTo("outcome");
        assertThat(json.path("at").asString()).isEqualTo("2026-03-01T02:14:00.500Z");
        assertThat(json.path("targets").path(0).asString()).isEqualTo("compose/relay");
        assertThat(json.path("from").asString()).isEqualTo("2.0");
        assertThat(json.path("asked-by").asString()).isEqualTo("li");
        assertThat(json.path("says").asString()).isEqualTo("Next: revert it in git");
    }

    private static String signed(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_call_names_the_person_and_their_number() throws Exception {
        answers(200);
        var anna = new Person("anna", 2, Map.of(), new Contact("", "+86 1", ""));
        var notice =
                new Notice(
                        "7F3KQ-4-anna",
                        Happening.PAGE,
                        NOW,
                        List.of(),
                        "7F3KQ",
                        Map.of("person", "anna", "phone", "+86 1"),
                        notice().message());
        hook().call(anna, notice);
        JsonNode json = new JsonMapper().readTree(web.takeRequest().getBody().utf8());
        assertThat(json.path("event").asString()).isEqualTo("page");
        assertThat(json.path("person").asString()).isEqualTo("anna");
        assertThat(json.path("phone").asString()).isEqualTo("+86 1");
    }

    @Test
    void who_has_it_already_has_taken_it() throws Exception {
        answers(409);
        hook().tell(List.of(notice()));
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void what_is_refused_for_ever_is_refused_alone(int status) {
        answers(status);
        assertThat(refused().gone()).isEqualTo(Room.Gone.MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 410})
    void what_somebody_can_mend_waits_and_a_redirect_is_not_followed(int status) {
        answers(status);
        Room.Refused refused = refused();
        assertThat(refused.gone()).isEqualTo(Room.Gone.NOTHING);
        assertThat(refused.problem().toString())
                .contains("config/notices.yml webhook/ops", "answers " + status)
                .doesNotContain(SECRET, "pa55");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503})
    void what_is_busy_or_broken_is_asked_again(int status) {
        answers(status);
        assertThat(later().why().toString()).contains("answers " + status).doesNotContain("pa55");
    }

    @Test
    void a_cut_connection_and_nobody_there_are_asked_again() {
        web.enqueue(
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        assertThat(later().why().toString()).contains("gave no answer").doesNotContain("pa55");
        web.close();
        assertThat(later().why().toString()).contains("gave no answer").doesNotContain("pa55");
    }

    @Test
    void an_address_without_tls_is_refused_unless_it_is_here_or_meant() {
        var there = new HashMap<String, Object>(Map.of("url", URI.create("http://example.com/x")));
        assertThat(Webhook.KIND.mistakes().apply(new Settings(there))).containsKey("url");
        there.put("without-tls", true);
        assertThat(Webhook.KIND.mistakes().apply(new Settings(there))).isEmpty();
        assertThat(Webhook.KIND.mistakes().apply(new Settings(settings))).isEmpty();
        var password = new Settings(Map.of("url", URI.create("https://me:pw@example.com/x")));
        assertThat(Webhook.KIND.mistakes().apply(password)).containsKey("url");
    }
}
