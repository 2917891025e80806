package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import backout.fixture.OtherHost;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The engine of another machine, behind a door of this one. */
class FarEngineTest {
    private static final String ADDRESS = "unix:///var/run/docker.sock";

    @TempDir private Path folder;

    private record There(Host host, Deque<String> doors) implements OtherHost {
        There(String... doors) {
            this(Host.local(), new ArrayDeque<>(List.of(doors)));
        }

        @Override
        public String name() {
            return "ssh:there";
        }

        @Override
        public String door(String engineAddress) {
            assertThat(engineAddress).isEqualTo(ADDRESS);
            String door = doors.size() > 1 ? doors.remove() : doors.element();
            if (door.isEmpty()) {
                throw ProblemException.unseen(
                        new Problem(Phrase.of("the line is cut"), "ssh:there", Phrase.NONE));
            }
            return door;
        }
    }

    private static HttpServer engine(String version) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] said =
                                "{\"Version\": \"%s\"}"
                                        .formatted(version)
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().add("Api-Version", "1.41");
                        exchange.sendResponseHeaders(200, said.length);
                        exchange.getResponseBody().write(said);
                    }
                });
        server.start();
        return server;
    }

    @Test
    void what_it_is_told_of_is_the_machine_and_its_engine_and_not_the_door() {
        String door = folder.resolve("door.sock").toString();
        try (var engine = Engine.of(new There("unix://" + door), ADDRESS)) {
            assertThatThrownBy(engine::info)
                    .asInstanceOf(type(ProblemException.class))
                    .satisfies(e -> {
                        assertThat(e.isUnseen()).isTrue();
                        assertThat(e.problem().toString())
                                .startsWith("ssh:there: ")
                                .contains(ADDRESS)
                                .doesNotContain(door);
                    });
        }
    }

    @Test
    void a_line_that_is_cut_is_told_as_such_and_another_door_is_taken_when_there_is_one()
            throws IOException {
        var first = engine("1");
        var second = engine("2");
        try (var engine = Engine.of(new There(at(first), at(first), "", at(second)), ADDRESS)) {
            assertThat(engine.version().version()).isEqualTo("1");
            first.stop(0);
            assertThatThrownBy(engine::version)
                    .hasMessageContaining("the line is cut")
                    .asInstanceOf(type(ProblemException.class))
                    .satisfies(e -> assertThat(e.isUnseen()).isTrue());
            assertThat(engine.version().version()).isEqualTo("2");
        } finally {
            second.stop(0);
        }
    }

    private static String at(HttpServer server) {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void a_door_that_leads_nowhere_is_no_word_of_the_engine() throws IOException {
        var door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] said =
                                "{\"message\": \"nobody listens there\"}"
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(502, said.length);
                        exchange.getResponseBody().write(said);
                    }
                });
        door.start();
        try (var engine = Engine.of(new There(at(door)), ADDRESS)) {
            assertThatThrownBy(engine::info)
                    .hasMessageContaining("ssh:there: docker on " + ADDRESS + " is not reached")
                    .hasMessageContaining("nobody listens there")
                    .asInstanceOf(type(ProblemException.class))
                    .satisfies(e -> assertThat(e.isUnseen()).isTrue());
        } finally {
            door.stop(0);
        }
    }

    @Test
    void the_bots_own_engine_needs_no_door() throws IOException {
        var server = engine("3");
        try (var engine = Engine.of(Host.local(), at(server))) {
            assertThat(engine.version().version()).isEqualTo("3");
        } finally {
            server.stop(0);
        }
    }
}
