package backout.http;

import static org.assertj.core.api.Assertions.assertThat;

import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;

import okhttp3.OkHttpClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Everything that is no answer: the service's doing is told from what we could not see. */
class SilenceTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final OkHttpClient client = Http.client();

    private static Reading look(OkHttpClient with, String url, Duration deadline) {
        return new HttpProbe(with, _ -> Optional.empty())
                .look(new Subject.Http("GET", url, Optional.empty()), deadline);
    }

    private Reading look(int port, Duration deadline) {
        return look(client, "http://127.0.0.1:" + port + "/health", deadline);
    }

    private static Phrase silence(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.NoAnswer.class);
        return ((Reading.NoAnswer) reading).seen();
    }

    private static String blindness(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.NotSeen.class);
        return ((Reading.NotSeen) reading).problem().toString();
    }

    private Phrase afterRequest(Wire.Manners manners, Duration deadline) throws IOException {
        try (var wire =
                new Wire(caller -> {
                    Wire.readHead(caller);
                    manners.meet(caller);
                })) {
            return silence(look(wire.port(), deadline));
        }
    }

    @Test
    void a_port_that_refuses_is_the_service() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(silence(look(port, LONG))).hasToString("connection refused");
    }

    @Test
    void a_name_of_which_no_address_answers_is_the_service() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var addresses = List.of(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1"));
        var two = client.newBuilder().dns(_ -> addresses).build();
        assertThat(silence(look(two, "http://relay.example:" + port + "/", LONG)))
                .hasToString("connection refused");
    }

    @Test
    void a_loopback_port_that_swallows_connections_is_the_service() throws IOException {
        var callers = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                callers.add(new Socket());
                connectInVain(callers.getLast(), full);
            }
            assertThat(silence(look(full.getLocalPort(), SHORT)))
                    .hasToString("no connection in 300 ms");
        } finally {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }

    /** The first ones wait in the backlog, the others find it full. */
    private static void connectInVain(Socket caller, ServerSocket full) throws IOException {
        try {
            caller.connect(full.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException _) {
            assertThat(caller.isConnected()).isFalse();
        }
    }

    @Test
    void silence_after_the_connection_is_the_service() throws IOException {
        assertThat(afterRequest(caller -> caller.getInputStream().read(), SHORT))
                .hasToString("no complete answer in 300 ms");
    }

    @Test
    void a_body_that_drips_is_cut_off_at_the_deadline() throws IOException {
        long start = System.nanoTime();
        assertThat(
                        afterRequest(
                                caller -> {
                                    Wire.write(caller, OK + "Content-Length: 9\r\n\r\nx");
                                    caller.getInputStream().read();
                                },
                                SHORT))
                .hasToString("no complete answer in 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
    }

    @Test
    void a_reset_is_the_service() throws IOException {
        assertThat(afterRequest(caller -> caller.setSoLinger(true, 0), LONG))
                .hasToString("connection reset");
    }

    @Test
    void a_connection_that_is_hung_up_is_the_service() throws IOException {
        assertThat(afterRequest(_ -> {}, LONG).toString()).startsWith("the answer broke off: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "\0\0\0\0\r\n\r\n",
                "HTTP/1.1 9999999999 OK\r\n\r\n",
                OK + "Content-Length: 9\r\n\r\nok",
                OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                OK + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
            })
    void what_is_no_whole_answer_is_the_service(String words) throws IOException {
        assertThat(afterRequest(caller -> Wire.write(caller, words), LONG).toString())
                .matches("(no HTTP|the answer broke off): (?s).+");
    }

    @Test
    void a_head_without_end_does_not_fill_the_memory() throws IOException {
        String line = "X: " + "x".repeat(1000) + "\r\n";
        assertThat(
                        afterRequest(
                                        caller -> {
                                            Wire.write(caller, OK);
                                            for (int i = 0; i < 100_000; i++) {
                                                Wire.write(caller, line);
                                            }
                                        },
                                        LONG)
                                .toString())
                .startsWith("the answer broke off: ");
    }

    @Test
    void a_name_without_address_is_ours() {
        var unknown =
                client.newBuilder()
                        .dns(host -> {
                            throw new UnknownHostException(host + ": no such name");
                        })
                        .build();
        assertThat(blindness(look(unknown, "http://relay.example/health?token=1", LONG)))
                .isEqualTo(
                        "could not look at http://relay.example/health: its name has no address"
                                + " (relay.example: no such name). Check the name and our DNS");
    }

    @Test
    void a_resolver_that_hangs_is_ours_and_ends_at_the_deadline() {
        var never = new CountDownLatch(1);
        var hanging =
                client.newBuilder()
                        .dns(_ -> {
                            awaitInVain(never);
                            return List.of();
                        })
                        .build();
        long start = System.nanoTime();
        Reading reading = look(hanging, "http://relay.example/", SHORT);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
        assertThat(blindness(reading))
                .startsWith("could not look at http://relay.example/: its name has no address");
        never.countDown();
    }

    private static void awaitInVain(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_interrupt_is_kept_and_says_nothing_about_the_service() throws IOException {
        try (var wire = new Wire(caller -> Wire.write(caller, OK + "\r\n"))) {
            Thread.currentThread().interrupt();
            Reading reading = look(wire.port(), LONG);
            assertThat(Thread.interrupted()).as("%s", reading).isTrue();
            assertThat(blindness(reading)).contains("was cut off");
        }
    }
}
