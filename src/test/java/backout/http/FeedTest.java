package backout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;

/** Whom the bot asks for what others publish, and where it lets itself be sent. */
class FeedTest {
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void sendsTo(String location) {
        server.enqueue(
                new MockResponse.Builder().code(302).setHeader("Location", location).build());
    }

    private byte[] read() {
        return Feed.read(server.url("/a").toString(), 1000);
    }

    @Test
    void it_follows_the_same_host_and_not_for_ever() {
        sendsTo("/b");
        sendsTo("/c");
        server.enqueue(new MockResponse.Builder().body("here").build());
        assertThat(read()).asString().isEqualTo("here");
        for (int times = 0; times < 4; times++) {
            sendsTo("/round");
        }
        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("sends on");
        assertThat(server.getRequestCount()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "https://10.0.0.5/x, private network",
        "https://192.168.1.1/x, private network",
        "https://169.254.169.254/latest, private network",
        "https://127.0.0.2/x, private network",
        "https://[fd00::1]/x, private network",
        "http://example.com/x, not to an https address",
        "file:///etc/passwd, not to an https address"
    })
    void it_is_never_sent_into_its_own_network(String location, String says) {
        sendsTo(location);
        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.com/a", "webcal://example.com/a", "ftp://x/a", "https"})
    void only_tls_leaves_this_machine(String address) {
        assertThatThrownBy(() -> Feed.read(address, 1000))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("begins with https://");
    }

    @Test
    void more_than_was_asked_for_is_not_read() {
        server.enqueue(new MockResponse.Builder().body("x".repeat(1001)).build());
        assertThatThrownBy(this::read)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("longer than");
        server.enqueue(new MockResponse.Builder().body("x".repeat(1000)).build());
        assertThat(read()).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.0.1, true",
        "100.64.0.1, true",
        "127.0.0.1, true",
        "0.0.0.0, true",
        "::1, true",
        "fe80::1, true",
        "fd12::1, true",
        "::ffff:10.0.0.1, true",
        "8.8.8.8, false",
        "100.128.0.1, false",
        "2001:4860:4860::8888, false"
    })
    void which_addresses_are_inside(String address, boolean inside) throws IOException {
        assertThat(Feed.isInside(InetAddress.getByName(address))).isEqualTo(inside);
    }
}
