package backout.serve;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import backout.fixture.Await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What strangers can take up of a listener that anybody reaches. */
class VisitorsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int MOST = 4;

    /** A trickle is tried so often before it counts as endless. */
    private static final int ENDLESS = 2_000;

    private static final int PAUSE_MILLIS = 20;
    private static final String WHOLE = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi";

    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch heard = new CountDownLatch(1);
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private Listener listener = serving(LONG);

    private static Listener serving(Duration within, HttpServlet servlet) {
        return Listener.toAnybody("127.0.0.1:0", Map.of("/", servlet), MOST, within);
    }

    private Listener serving(Duration within) {
        return serving(
                within,
                new HttpServlet() {
                    @Override
                    protected void doPost(HttpServletRequest request, HttpServletResponse response)
                            throws IOException {
                        byte[] body = request.getInputStream().readAllBytes();
                        if (new String(body, ISO_8859_1).equals("wait")) {
                            heard.countDown();
                            await(mayAnswer);
                        }
                        response.getOutputStream().write(body);
                    }
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void within(Duration time) {
        listener.close();
        listener = serving(time);
    }

    @AfterEach
    void close() throws IOException {
        mayAnswer.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        listener.close();
    }

    private Socket says(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        sockets.add(socket);
        socket.setSoTimeout((int) LONG.toMillis());
        say(socket, text);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String answer(Socket socket) throws IOException {
        var answer = new StringBuilder();
        while (!answer.toString().contains("\r\n\r\n") || !answer.toString().endsWith("hi")) {
            int next = socket.getInputStream().read();
            assertThat(next).as("more after: " + answer).isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Which ones does not matter: connections that come together are not let in in order. */
    private static void awaitClosed(int count, List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.setSoTimeout(1);
        }
        Await.until(
                count + " are closed",
                () -> sockets.stream().filter(VisitorsTest::isClosed).count() >= count);
    }

    /** Sends a byte now and then until nobody listens any more. */
    private static boolean isEndless(Socket socket) throws IOException {
        socket.setSoTimeout(PAUSE_MILLIS);
        for (int i = 0; i < ENDLESS; i++) {
            if (isClosed(socket)) {
                return false;
            }
            try {
                say(socket, "x");
            } catch (IOException broken) {
                return false;
            }
        }
        return true;
    }

    @Test
    void headers_that_trickle_are_cut_off_whatever_byte_comes() throws IOException {
        within(SHORT);
        assertThat(isEndless(says("POST / HTTP/1.1\r\nX: "))).isFalse();
    }

    @Test
    void a_body_that_trickles_is_cut_off_whatever_byte_comes() throws IOException {
        within(SHORT);
        assertThat(isEndless(says("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")))
                .isFalse();
    }

    @Test
    void a_connection_that_says_nothing_after_its_answer_is_cut_off() throws IOException {
        within(SHORT);
        Socket socket = says(WHOLE);
        answer(socket);
        assertThat(isClosed(socket)).isTrue();
    }

    @Test
    void a_connection_stays_for_the_next_request() throws IOException {
        Socket socket = says(WHOLE);
        answer(socket);
        say(socket, WHOLE);
        assertThat(answer(socket)).startsWith("HTTP/1.1 200");
    }

    @Test
    void whoever_comes_when_it_is_full_takes_the_place_of_who_asked_for_longest()
            throws IOException {
        var halves = new ArrayList<Socket>();
        for (int i = 0; i < 3 * MOST; i++) {
            halves.add(says("POST / HTTP/1.1\r\n"));
        }
        assertThat(answer(says(WHOLE))).startsWith("HTTP/1.1 200");
        awaitClosed(2 * MOST + 1, halves);
    }

    @Test
    void half_a_body_is_no_better_than_half_a_header() throws IOException {
        var halves = new ArrayList<Socket>();
        for (int i = 0; i < 3 * MOST; i++) {
            halves.add(says("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"));
        }
        assertThat(answer(says(WHOLE))).startsWith("HTTP/1.1 200");
        awaitClosed(2 * MOST + 1, halves);
    }

    @Test
    void who_has_said_all_is_answered_however_many_come() throws IOException {
        within(SHORT);
        Socket asked = says(WHOLE.replace("Length: 2\r\n\r\nhi", "Length: 4\r\n\r\nwait"));
        await(heard);
        for (int i = 0; i < 3 * MOST; i++) {
            says("POST / HTTP/1.1\r\n");
        }
        assertThat(sockets.subList(1, sockets.size())).allMatch(VisitorsTest::isClosed);
        mayAnswer.countDown();
        byte[] start = asked.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void when_it_closes_what_is_asked_is_answered_and_what_is_only_kept_holds_nobody_up()
            throws IOException, InterruptedException {
        Socket asked = says(WHOLE.replace("Length: 2\r\n\r\nhi", "Length: 4\r\n\r\nwait"));
        await(heard);
        Socket kept = says(WHOLE);
        answer(kept);

        Thread closing = Thread.ofVirtual().start(listener::close);

        assertThat(isClosed(kept)).isTrue();
        mayAnswer.countDown();
        byte[] start = asked.getInputStream().readNBytes("HTTP/1.1 200".length());
        assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 200");
        closing.join();
    }

    @Test
    void nobody_is_told_what_serves() throws IOException {
        assertThat(answer(says(WHOLE))).doesNotContainIgnoringCase("jetty");
    }
}
