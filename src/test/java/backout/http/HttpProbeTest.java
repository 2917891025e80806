package backout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.check.Reading;
import backout.check.Secret;
import backout.check.Subject;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.OkHttpClient;

import okio.Buffer;
import okio.GzipSink;
import okio.Okio;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.SocketFactory;

/** What a probe asks, and what it makes of an answer; {@link SilenceTest} has no answers. */
class HttpProbeTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final OkHttpClient client = Http.client();
    private final MockWebServer server = new MockWebServer();
    private final HttpProbe probe =
            new HttpProbe(client, name -> Optional.ofNullable(secrets().get(name)));

    private static Map<String, Secret> secrets() {
        return Map.of("api-key", new Secret("sk-hidden"), "torn", new Secret("sk-\nhidden"));
    }

    @BeforeEach
    void start() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Subject get(String url) {
        return new Subject.Http("GET", url, Optional.empty());
    }

    private Subject secretly(String name) {
        return new Subject.Http("GET", server.url("/").toString(), Optional.of(name));
    }

    private Reading look(String path) {
        return probe.look(get(server.url(path).toString()), LONG);
    }

    private static MockResponse.Builder answer() {
        return new MockResponse.Builder();
    }

    private static Reading.Answered answered(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Answered.class);
        return (Reading.Answered) reading;
    }

    private static String blindness(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.NotSeen.class);
        return ((Reading.NotSeen) reading).problem().toString();
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(60, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    @Test
    void an_answer_is_read_with_its_time() throws Exception {
        server.enqueue(
                answer().code(503)
                        .body("{\"a\":\"é\"}")
                        .headersDelay(30, TimeUnit.MILLISECONDS)
                        .build());
        var seen = answered(look("/health?x=1"));
        assertThat(seen.status()).isEqualTo(503);
        assertThat(seen.body()).isEqualTo("{\"a\":\"é\"}");
        assertThat(seen.cut()).isFalse();
        assertThat(seen.responseTime()).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        var request = request();
        assertThat(request.getTarget()).isEqualTo("/health?x=1");
        assertThat(request.getHeaders().get("Authorization")).isNull();
    }

    @Test
    void head_has_no_body() throws Exception {
        server.enqueue(answer().addHeader("Content-Length", "5").build());
        var head = new Subject.Http("HEAD", server.url("/").toString(), Optional.empty());
        assertThat(answered(probe.look(head, LONG)).body()).isEmpty();
        assertThat(request().getMethod()).isEqualTo("HEAD");
    }

    @Test
    void the_charset_of_the_answer_counts() {
        server.enqueue(
                answer().addHeader("Content-Type", "text/plain; charset=iso-8859-1")
                        .body(new Buffer().writeByte(0xe9))
                        .build());
        assertThat(answered(look("/")).body()).isEqualTo("é");
    }

    @Test
    void every_look_makes_a_new_connection() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(answer().body("x").build());
            answered(look("/"));
            assertThat(request().getExchangeIndex()).isZero();
            assertThat(client.connectionPool().connectionCount()).isZero();
        }
    }

    @Test
    void a_redirect_is_an_answer_and_takes_no_token_along() throws Exception {
        server.enqueue(answer().code(302).addHeader("Location", "/login").build());
        var seen = answered(probe.look(secretly("api-key"), LONG));
        assertThat(seen.status()).isEqualTo(302);
        assertThat(request().getHeaders().get("Authorization")).isEqualTo("Bearer sk-hidden");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void a_secret_that_is_missing_or_torn_is_ours() {
        assertThat(blindness(probe.look(secretly("other"), LONG)))
                .isEqualTo(
                        "the secret {other} of a check is not there. Give it to the target as"
                                + " env:NAME or file:PATH");
        assertThat(blindness(probe.look(secretly("torn"), LONG)))
                .startsWith("the secret {torn} of a check cannot be sent as a token")
                .doesNotContain("hidden");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void a_huge_body_is_cut_and_one_of_just_the_limit_is_not() {
        server.enqueue(answer().body("x".repeat(5_000_000)).build());
        server.enqueue(answer().body("x".repeat(HttpProbe.MAX_BYTES)).build());
        var huge = answered(look("/"));
        assertThat(huge.cut()).isTrue();
        assertThat(huge.body()).hasSize(HttpProbe.MAX_BYTES);
        var whole = answered(look("/"));
        assertThat(whole.cut()).isFalse();
        assertThat(whole.body()).hasSize(HttpProbe.MAX_BYTES);
    }

    @Test
    void gzip_is_unpacked_and_cut_after_unpacking() throws IOException {
        server.enqueue(gzip("{\"status\":\"healthy\"}"));
        server.enqueue(gzip("0".repeat(50_000_000)));
        assertThat(answered(look("/")).body()).isEqualTo("{\"status\":\"healthy\"}");
        assertThat(answered(look("/")).cut()).isTrue();
    }

    private static MockResponse gzip(String text) throws IOException {
        var packed = new Buffer();
        try (var sink = Okio.buffer(new GzipSink(packed))) {
            sink.writeUtf8(text);
        }
        return answer().addHeader("Content-Encoding", "gzip").body(packed).build();
    }

    @Test
    void the_second_address_of_a_name_is_tried() throws Exception {
        server.enqueue(answer().body("here").build());
        var addresses = List.of(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1"));
        var two = client.newBuilder().dns(_ -> addresses).build();
        var both = new HttpProbe(two, _ -> Optional.empty());
        var url = "http://relay.example:" + server.getPort() + "/";
        assertThat(answered(both.look(get(url), LONG)).body()).isEqualTo("here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "relay", "http://", "ftp://a/b", "http://bob:pw@127.0.0.1/", "{url}/x"})
    void what_is_no_address_is_not_looked_at(String url) {
        assertThat(blindness(probe.look(get(url), LONG)))
                .isEqualTo("the address of a check is no URL without a user. Check the target");
    }

    @Test
    void without_time_left_nobody_looks() {
        var subject = get(server.url("/health?token=1").toString());
        assertThat(blindness(probe.look(subject, Duration.ZERO)))
                .matches("there was no time left to look at http://[^/]*/health\\. Ask again");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void another_subject_is_our_own_mistake() {
        assertThatThrownBy(() -> probe.look(new Subject.Container(Optional.empty()), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Has no descriptor left for the first few sockets. */
    private static final class Starving extends SocketFactory {
        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public Socket createSocket() throws IOException {
            if (refused.incrementAndGet() <= 3) {
                throw new SocketException("Too many open files");
            }
            return new Socket();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_machine_without_descriptors_is_waited_for_and_says_nothing_of_the_service() {
        server.enqueue(new MockResponse(200, okhttp3.Headers.of(), "ok"));
        var starving = client.newBuilder().socketFactory(new Starving()).build();
        var looks = new HttpProbe(starving, _ -> Optional.empty());

        Reading reading = looks.look(get(server.url("/").toString()), LONG);

        assertThat(answered(reading).status()).isEqualTo(200);
    }
}
