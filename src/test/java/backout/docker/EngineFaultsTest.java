package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import backout.language.Language;
import backout.problem.ProblemException;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** An engine that misbehaves. */
final class EngineFaultsTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);
    private static final Duration SOON = Duration.ofMillis(1500);
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_engines_own_version_is_spoken() throws InterruptedException {
        var engine = engine("1.41");
        server.enqueue(json(200, "[]"));
        server.enqueue(json(200, "[]"));

        engine.containers(java.util.Map.of("a", "b c"));
        engine.containers(java.util.Map.of());

        assertThat(path(taken())).isEqualTo("/_ping");
        assertThat(path(taken()))
                .isEqualTo(
                        "/v1.41/containers/json?all=true&filters=%7B%22label%22%3A%5B%22a%3Db%20c%22%5D%7D");
        assertThat(path(taken())).startsWith("/v1.41/containers/json");
        engine.close();
    }

    @Test
    void events_are_asked_for_by_the_clock_of_the_engines_own_machine()
            throws InterruptedException {
        var engine = engine("1.41");
        server.enqueue(json(200, "{\"SystemTime\": \"2031-01-01T01:00:00.5+01:00\"}"));
        server.enqueue(json(200, ""));

        try (var _ = new EventWatch(engine, "web", _ -> true, () -> {}, Thread::sleep)) {
            assertThat(path(taken())).isEqualTo("/_ping");
            assertThat(path(taken())).isEqualTo("/v1.41/info");
            assertThat(path(taken()))
                    .startsWith(
                            "/v1.41/events?since=1924992000.500000000&until=1924992600.500000000");
        }
        engine.close();
    }

    @Test
    void a_newer_engine_is_spoken_to_in_the_newest_version_known_here()
            throws InterruptedException {
        var engine = engine("1.77");
        server.enqueue(json(404, "{\"message\": \"No such container\"}"));

        assertThat(engine.inspect("web")).isEmpty();

        taken();
        assertThat(path(taken())).isEqualTo("/v1.51/containers/web/json");
    }

    @Test
    void a_container_that_has_just_crashed_is_updated_once_the_engine_knows() {
        var engine = engine("1.41");
        var stopped =
                "{\"message\": \"Cannot update container 1: cannot update a stopped container\"}";
        var ended =
                """
                {"message": "Cannot update container 1: runc did not terminate successfully: \
                exit status 1: container not running: unknown"}\
                """;
        server.enqueue(json(500, stopped));
        server.enqueue(json(500, ended));
        server.enqueue(json(200, "{\"Warnings\": null}"));

        engine.restartPolicy("web", RestartPolicy.NO);

        assertThat(server.getRequestCount()).isEqualTo(4);
        for (int i = 0; i < 20; i++) {
            server.enqueue(json(500, stopped));
        }
        assertThatThrownBy(() -> engine.restartPolicy("web", RestartPolicy.NO))
                .hasMessageContaining("cannot update a stopped container");
    }

    @Test
    void what_is_not_an_engine_is_said_so() {
        server.enqueue(new MockResponse(200, okhttp3.Headers.of(), "hello"));

        assertThatThrownBy(() -> Engine.at(address()).info())
                .hasMessageContaining("is not a docker engine");
    }

    @Test
    void what_the_engine_says_about_a_failure_is_told() {
        var engine = engine("1.41");
        server.enqueue(json(500, "{\"message\": \"driver failed: port is already allocated\"}"));

        assertThatThrownBy(() -> engine.start("web"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "docker would not start container web: driver failed: port is already"
                                + " allocated. The engine's log says more: journalctl -u docker");
    }

    @Test
    void not_modified_is_success() {
        var engine = engine("1.41");
        server.enqueue(new MockResponse(304, okhttp3.Headers.of(), ""));
        server.enqueue(new MockResponse(304, okhttp3.Headers.of(), ""));

        engine.start("web");
        engine.stop("web", Duration.ofSeconds(3));

        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void an_engine_that_hangs_is_left_at_the_deadline() {
        var engine = engine("1.41", SOON);
        server.enqueue(
                json(200, "").newBuilder().onResponseStart(SocketEffect.Stall.INSTANCE).build());

        assertThatThrownBy(() -> engine.start("web"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker answered nothing on " + address() + " in 1.5 s")
                .hasMessageContaining("it may or may not have happened")
                .hasMessageContaining("systemctl status docker");
    }

    @Test
    void what_docker_was_asked_for_is_said_in_the_readers_language() {
        var engine = engine("1.41");
        server.enqueue(json(500, "{\"message\": \"driver failed\"}"));

        assertThatThrownBy(() -> engine.rename("web", "web-old"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem().in(CHINESE).what())
                                        .hasToString(
                                                "Docker 拒绝操作（把容器 web 改名为 web-old）：driver failed"));
    }

    @Test
    void an_engine_that_stops_in_the_middle_of_an_answer_is_left_at_the_deadline() {
        var engine = engine("1.41", SOON);
        server.enqueue(
                json(200, "x".repeat(100_000))
                        .newBuilder()
                        .onResponseBody(SocketEffect.Stall.INSTANCE)
                        .build());

        assertThatThrownBy(engine::info)
                .hasMessageContaining("in 1.5 s")
                .hasMessageNotContaining("may or may not");
    }

    @Test
    @Timeout(30)
    void a_socket_that_accepts_and_says_nothing_is_left_at_the_deadline_and_closed(
            @TempDir Path dir) throws IOException {
        var socket = dir.resolve("docker.sock");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            var engine = Engine.at("unix://" + socket, SOON);

            assertThatThrownBy(engine::info)
                    .hasMessageContaining("docker answered nothing on unix://");

            try (var connection = listener.accept()) {
                var sent = java.nio.ByteBuffer.allocate(65536);
                // The end of the stream comes only when the other side has closed it.
                while (connection.read(sent) >= 0) {
                    assertThat(sent.hasRemaining()).isTrue();
                }
            }
        }
    }

    @Test
    void a_socket_that_is_not_there_is_said_so(@TempDir Path dir) {
        assertThatThrownBy(() -> Engine.at("unix://" + dir + "/none.sock").start("web"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker answered nothing on unix://" + dir + "/none.sock: ")
                .hasMessageNotContaining("may or may not")
                .hasMessageContaining("Try: systemctl status docker");
    }

    @Test
    void a_port_that_nobody_listens_on_is_said_so() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() -> Engine.at("tcp://127.0.0.1:" + port).info())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("docker answered nothing on tcp://127.0.0.1:" + port);
    }

    @Test
    void what_the_registry_says_is_told_apart() {
        var engine = engine("1.41");
        server.enqueue(json(200, "{\"Descriptor\": {\"digest\": \"sha256:abc\"}}"));
        server.enqueue(json(404, "{\"message\": \"manifest unknown\"}"));
        server.enqueue(json(500, "{\"message\": \"Get https://reg: connection refused\"}"));
        server.enqueue(json(500, "{\"message\": \"Head https://reg: no basic auth credentials\"}"));
        var name = ImageName.parse("reg:5000/app:1");
        var images = engine.images();

        assertThat(remote(images, name)).isEqualTo(new RegistryAnswer.Has("sha256:abc"));
        assertThat(remote(images, name)).isInstanceOf(RegistryAnswer.HasNot.class);
        assertThat(remote(images, name)).isInstanceOf(RegistryAnswer.Silent.class);
        assertThat(remote(images, name)).isInstanceOf(RegistryAnswer.NotAllowed.class);
    }

    private static RegistryAnswer remote(Images images, ImageName name) {
        return images.remote(name, null, Duration.ofSeconds(20));
    }

    @Test
    void the_stop_grace_is_said_and_waited_for() throws InterruptedException {
        var engine = engine("1.41", SOON);
        server.enqueue(
                new MockResponse.Builder().code(204).headersDelay(1, TimeUnit.SECONDS).build());

        engine.stop("web", Duration.ofSeconds(3));

        taken();
        assertThat(path(taken())).isEqualTo("/v1.41/containers/web/stop?t=3");
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertThatThrownBy(() -> Engine.at("/var/run/docker.sock"))
                .hasMessageContaining("Write unix:///var/run/docker.sock");
    }

    private Engine engine(String api) {
        return engine(api, Duration.ofSeconds(20));
    }

    private Engine engine(String api, Duration patience) {
        server.enqueue(new MockResponse(200, okhttp3.Headers.of("Api-Version", api), "OK"));
        return Engine.at(address(), patience);
    }

    private String address() {
        return "tcp://127.0.0.1:" + server.getPort();
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse(code, okhttp3.Headers.of("Content-Type", "application/json"), body);
    }

    private RecordedRequest taken() throws InterruptedException {
        return requireNonNull(server.takeRequest(60, TimeUnit.SECONDS));
    }

    private static String path(RecordedRequest request) {
        return request.getUrl().encodedPath()
                + (request.getUrl().encodedQuery() == null
                        ? ""
                        : "?" + request.getUrl().encodedQuery());
    }
}
