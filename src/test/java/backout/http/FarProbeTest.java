package backout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import backout.check.Reading;
import backout.check.Subject;
import backout.fixture.OtherHost;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

class FarProbeTest {
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;

    private record There(
            Host host, Supplier<InetSocketAddress> door, Supplier<Host.PortState> state)
            implements OtherHost {
        @Override
        public String name() {
            return "ssh:there";
        }

        @Override
        public InetSocketAddress reach(String address, int port) {
            return door.get();
        }

        @Override
        public PortState port(String address, int port) {
            return state.get();
        }
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/health",
                exchange -> {
                    try (exchange) {
                        asked.set(exchange.getRequestHeaders().getFirst("Host"));
                        byte[] said = "ok".getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, said.length);
                        exchange.getResponseBody().write(said);
                    }
                });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private static Reading look(Host there, String url) {
        return new FarProbe(there, Http.client(), _ -> Optional.empty())
                .look(new Subject.Http("GET", url, Optional.empty()), Duration.ofSeconds(5));
    }

    private static There there(InetSocketAddress door, Host.PortState state) {
        return new There(Host.local(), () -> door, () -> state);
    }

    @Test
    void what_is_asked_for_answers_at_the_door_in_its_own_name() {
        var there = there(server.getAddress(), Host.PortState.TAKEN);
        for (String host : new String[] {"127.0.0.1:3000", "nobody-knows.example:8080"}) {
            assertThat(look(there, "http://" + host + "/health"))
                    .asInstanceOf(type(Reading.Answered.class))
                    .satisfies(answer -> assertThat(answer.body()).isEqualTo("ok"));
            assertThat(asked.get()).isEqualTo(host);
        }
    }

    /** As a door looks behind which nothing listens, and one whose line was cut. */
    private static Reading hungUp(Supplier<Host.PortState> state) throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hangUp(door));
            var address = new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
            return look(
                    new There(Host.local(), () -> address, state), "http://127.0.0.1:3000/health");
        }
    }

    private static ProblemException cut() {
        return ProblemException.unseen(
                new Problem(Phrase.of("the line is cut"), "ssh:there", Phrase.NONE));
    }

    private static void hangUp(ServerSocket door) {
        try {
            door.accept().close();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    @Test
    void where_nothing_listens_there_the_service_is_down() throws IOException {
        assertThat(hungUp(() -> Host.PortState.FREE))
                .asInstanceOf(type(Reading.NoAnswer.class))
                .satisfies(answer ->
                        assertThat(answer.seen().toString()).isEqualTo("connection refused"));
        assertThat(hungUp(() -> Host.PortState.TAKEN)).isInstanceOf(Reading.NoAnswer.class);
    }

    @Test
    void a_line_that_is_cut_says_nothing_of_the_service() throws IOException {
        assertThat(
                        hungUp(() -> {
                            throw cut();
                        }))
                .isInstanceOf(Reading.NotSeen.class);
        var noDoor =
                new There(
                        Host.local(),
                        () -> {
                            throw cut();
                        },
                        () -> Host.PortState.FREE);
        assertThat(look(noDoor, "http://127.0.0.1:3000/health"))
                .asInstanceOf(type(Reading.NotSeen.class))
                .satisfies(
                        unseen -> assertThat(unseen.problem().toString()).contains("line is cut"));
    }
}
