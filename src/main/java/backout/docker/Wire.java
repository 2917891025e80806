package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Scarcity;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Requests over docker-java's transport, each with a deadline that holds for its whole answer. */
final class Wire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int MAX_BODY = 64 << 20;
    private static final int NO_WAY = 502;

    /** What to make of an answer; it runs on the request's own thread. */
    interface Reader<T> {
        T read(int status, Map<String, String> headers, InputStream body) throws IOException;
    }

    private final String address;
    private final String where;
    private final Supplier<String> door;
    private final Duration patience;
    private volatile @Nullable ApiVersion agreed;
    private @Nullable Client open;

    private record Client(String door, DockerHttpClient http) {}

    Wire(String address, Duration patience) {
        this(address, "", () -> address, patience);
    }

    /**
     * A wire to an engine of another machine, whose failures are that nobody saw what happened.
     *
     * @param address as on that machine
     * @param where its name; empty for this one
     * @param door where the engine is reached from here, asked for before each request
     */
    Wire(String address, String where, Supplier<String> door, Duration patience) {
        this.address = address;
        this.where = where;
        this.door = door;
        this.patience = patience;
    }

    static void mustBeAddress(String address) {
        if (!address.matches("unix:///.+|tcp://[^/]+:\\d{1,5}")) {
            throw Problem.stop(
                    Phrase.of("{0} is not the address of a docker engine", address),
                    Phrase.of("Write unix:///var/run/docker.sock or tcp://HOST:PORT"));
        }
    }

    private synchronized DockerHttpClient http() {
        String now = door.get();
        if (open == null || !open.door().equals(now)) {
            close();
            open =
                    new Client(
                            now,
                            new ZerodepDockerHttpClient.Builder()
                                    .dockerHost(URI.create(now))
                                    .connectionTimeout(patience)
                                    .build());
        }
        return open.http();
    }

    /**
     * The newest version that both sides know, asked for once; a restarted engine may be another
     * one.
     */
    ApiVersion api() {
        var known = agreed;
        if (known == null) {
            known = negotiate();
            agreed = known;
        }
        return known;
    }

    Answer answer(Ask ask) {
        return answer(ask, patience);
    }

    Answer answer(Ask ask, Duration within) {
        return stream(ask, within, Wire::whole);
    }

    <T> T stream(Ask ask, Duration within, Reader<T> reader) {
        return exchange(ask, "/v" + api(), within, reader);
    }

    /**
     * Forgets the agreed version: the engine behind the address has been replaced by an older or
     * newer one.
     */
    void forgetVersion() {
        agreed = null;
    }

    String address() {
        return address;
    }

    @Override
    public synchronized void close() {
        if (open == null) {
            return;
        }
        try (var http = open.http()) {
            open = null;
        } catch (IOException e) {
            LOG.debug("closing the connections to {}", address, e);
        }
    }

    private ApiVersion negotiate() {
        var ping =
                exchange(Ask.get("/_ping", Phrase.of("answer a ping")), "", patience, Wire::whole);
        var offered = ping.headers().getOrDefault("Api-Version", "");
        if (!ping.isSuccess() || offered.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "what answers on {0} is not a docker engine: {1}",
                            address, ping.status()),
                    Phrase.of("Correct the engine's address"));
        }
        var engine = ApiVersion.parse(offered);
        return engine.isAtLeast(ApiVersion.NEWEST_KNOWN) ? ApiVersion.NEWEST_KNOWN : engine;
    }

    private static Answer whole(int status, Map<String, String> headers, InputStream body)
            throws IOException {
        var bytes = body.readNBytes(MAX_BODY);
        return new Answer(status, new String(bytes, StandardCharsets.UTF_8), headers);
    }

    private <T> T exchange(Ask ask, String prefix, Duration within, Reader<T> reader) {
        var task = new FutureTask<T>(() -> send(ask, prefix, within, reader));
        Thread.ofVirtual().name("docker " + ask).start(task);
        try {
            return task.get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // The interrupt closes the socket, and with it the request.
            task.cancel(true);
            Problem late = EngineProblems.late(address, ask, within);
            throw where.isEmpty() && ask.onlyReads()
                    ? ProblemException.late(List.of(late))
                    : stop(late);
        } catch (InterruptedException _) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProblemException(EngineProblems.interrupted(ask));
        } catch (ExecutionException e) {
            throw failure(ask, e.getCause());
        }
    }

    /** Where no socket can be had nothing was asked yet, so it can be asked again. */
    private <T> T send(Ask ask, String prefix, Duration within, Reader<T> reader)
            throws IOException {
        var patience = within.multipliedBy(9).dividedBy(10);
        try (var response = Scarcity.outlast(patience, () -> http().execute(ask.request(prefix)))) {
            int status = response.getStatusCode();
            if (status == NO_WAY && !where.isEmpty()) {
                throw noWay(whole(status, headers(response), response.getBody()));
            }
            return reader.read(status, headers(response), response.getBody());
        }
    }

    /** What the door says that leads nowhere; an engine never does. */
    private ProblemException noWay(Answer answer) {
        return stop(
                Problem.of(
                        Phrase.of("docker on {0} is not reached: {1}", address, answer.message()),
                        Phrase.of("see that the machine answers, and that its docker does")));
    }

    /** The door is a path of this machine, which says nothing to people. */
    private ProblemException stop(Problem problem) {
        if (where.isEmpty()) {
            return new ProblemException(problem);
        }
        Client client = client();
        String path = client == null ? address : client.door().replaceFirst("^unix://", "");
        return ProblemException.unseen(
                new Problem(
                        problem.what().map(text -> text.replace(path, address)),
                        where,
                        problem.next()));
    }

    private synchronized @Nullable Client client() {
        return open;
    }

    private static Map<String, String> headers(Response response) {
        return response.getHeaders().entrySet().stream()
                .filter(header -> !header.getValue().isEmpty())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, header -> header.getValue().getFirst()));
    }

    private RuntimeException failure(Ask ask, @Nullable Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem;
        }
        // Jackson wraps what the socket threw, docker-java wraps it in a bare RuntimeException.
        if (cause instanceof IOException || cause instanceof JacksonException) {
            return stop(EngineProblems.broken(address, ask, cause));
        }
        if (cause instanceof RuntimeException && cause.getCause() instanceof IOException io) {
            return stop(EngineProblems.broken(address, ask, io));
        }
        return new IllegalStateException(ask.toString(), cause);
    }
}
