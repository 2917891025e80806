package backout.docker;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A Docker engine. Every call has a deadline; what the engine refuses, and an engine that does not
 * answer, is a {@link ProblemException}. "Is so already" is success. After a deadline or a broken
 * connection a change may or may not have happened: look before doing it again.
 */
public final class Engine implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_TRIES = 20;

    private final Wire wire;
    private final Images images;

    private Engine(Wire wire) {
        this.wire = wire;
        this.images = new Images(wire);
    }

    /**
     * Does not connect yet, so an engine may be down when the bot starts.
     *
     * @param address {@code unix:///var/run/docker.sock} or {@code tcp://HOST:PORT}
     */
    public static Engine at(String address) {
        return at(address, PATIENCE);
    }

    /**
     * With a deadline of its own.
     *
     * @param patience for every call that names no deadline itself
     */
    public static Engine at(String address, Duration patience) {
        Wire.mustBeAddress(address);
        return new Engine(new Wire(address, patience));
    }

    /**
     * The engine of a machine. A connection to another one that fails is {@link
     * ProblemException#isUnseen}: the line may be cut.
     *
     * @param address as on that machine
     */
    public static Engine of(Host host, String address) {
        Wire.mustBeAddress(address);
        return host.name().equals("local")
                ? at(address)
                : new Engine(new Wire(address, host.name(), () -> host.door(address), PATIENCE));
    }

    /** As on its machine. */
    public String address() {
        return wire.address();
    }

    public Images images() {
        return images;
    }

    public ContainerFiles files() {
        return new ContainerFiles(wire);
    }

    /** Asks anew, so that a replaced engine is noticed. */
    public Version version() {
        wire.forgetVersion();
        var version = get("/version", Phrase.of("tell its version"));
        return new Version(
                Json.text(version, "Version"),
                wire.api().toString(),
                Json.text(version, "Os"),
                Json.text(version, "Arch"));
    }

    public EngineInfo info() {
        return EngineInfo.of(get("/info", Phrase.of("tell about its machine")));
    }

    /** What time it is there: another machine may have another clock. */
    public Instant now() {
        return EngineInfo.time(get("/info", Phrase.of("tell about its machine")));
    }

    /** Running or not, all that carry these labels. */
    public List<ContainerSummary> containers(Map<String, String> labels) {
        var filter = Json.object();
        filter.set(
                "label",
                Json.array(
                        labels.entrySet().stream()
                                .map(l -> l.getKey() + "=" + l.getValue())
                                .toList()));
        var path = "/containers/json?all=true&filters=" + Ask.query(filter.toString());
        return get(path, Phrase.of("list containers"))
                .valueStream()
                .map(ContainerSummary::of)
                .toList();
    }

    /** The whole description, as the engine gives it. It holds the environment: a secret. */
    public Optional<JsonNode> inspect(String container) {
        var ask = Ask.get(path(container, "/json"), Phrase.of("describe container {0}", container));
        var answer = wire.answer(ask);
        return answer.status() == 404 ? Optional.empty() : Optional.of(succeed(ask, answer).json());
    }

    public Optional<ContainerState> stateOf(String container) {
        return inspect(container).map(ContainerState::of);
    }

    /**
     * What it uses now; empty when it does not run. Two of these some time apart give the share of
     * the CPU.
     */
    public Optional<UsageSample> usage(String container) {
        var path = path(container, "/stats?stream=false&one-shot=true");
        return UsageSample.of(get(path, Phrase.of("measure container {0}", container)));
    }

    /**
     * The last lines that it wrote.
     *
     * @param withTimes each line begins with the moment at which it was written, in RFC 3339
     */
    public List<LogLine> logs(String container, int lines, boolean withTimes) {
        var hasTerminal = existing(container).path("Config").path("Tty").asBoolean(false);
        var query = "/logs?stdout=true&stderr=true&tail=" + lines + "&timestamps=" + withTimes;
        var ask =
                Ask.get(
                        path(container, query),
                        Phrase.of("read the log of container {0}", container));
        return wire.stream(
                ask,
                PATIENCE,
                (status, headers, body) -> {
                    EngineProblems.refuseUnless200(ask, status, headers, body);
                    return hasTerminal
                            ? LogFrames.plain(body, lines)
                            : LogFrames.framed(body, lines);
                });
    }

    /**
     * Hands on container events until {@code atMost} is over or the thread is interrupted, then
     * returns or throws; ask again from the last event's moment on, which comes again then.
     *
     * @param now the present moment as {@link #now} tells it: the engine ends the stream by its own
     *     clock
     * @param to called on another thread, one event at a time
     */
    public void follow(Instant since, Instant now, Duration atMost, Consumer<EngineEvent> to) {
        new Events(wire, PATIENCE).follow(since, now, atMost, to);
    }

    /**
     * Sends the container's own stop signal, and kills it after the grace. Stopped already is
     * success.
     */
    public void stop(String container, Duration grace) {
        var path = path(container, "/stop?t=" + grace.toSeconds());
        var ask = Ask.post(path, Phrase.of("stop container {0}", container));
        succeed(ask, wire.answer(ask, grace.plus(PATIENCE)));
    }

    /** Running already is success. */
    public void start(String container) {
        change(Ask.post(path(container, "/start"), Phrase.of("start container {0}", container)));
    }

    public void rename(String container, String name) {
        change(
                Ask.post(
                        path(container, "/rename?name=" + Ask.query(name)),
                        Phrase.of("rename container {0} to {1}", container, name)));
    }

    /**
     * Removes a stopped container and keeps its volumes, anonymous ones too. Gone already is
     * success.
     */
    public void remove(String container) {
        var ask =
                Ask.delete(
                        path(container, "?v=false&force=false"),
                        Phrase.of("remove container {0}", container));
        var answer = wire.answer(ask);
        if (answer.status() != 404) {
            succeed(ask, answer);
        }
    }

    /**
     * Tried again when the engine fails: of a container that crashes again and again it takes a
     * moment to hear that it ended, and says so in many words ("stopped container", "container not
     * running", "no such process"). To set a policy twice does no harm.
     */
    public void restartPolicy(String container, RestartPolicy policy) {
        var body = Json.object();
        body.set("RestartPolicy", policy.json());
        var ask =
                Ask.post(
                                path(container, "/update"),
                                Phrase.of("set the restart policy of container {0}", container))
                        .with(body);
        Answer answer = wire.answer(ask);
        for (int tries = 1; tries < MOST_TRIES && answer.status() >= 500; tries++) {
            answer = wire.answer(ask);
        }
        succeed(ask, answer);
    }

    /**
     * Makes a container; it is not started.
     *
     * @return its id
     */
    String create(String name, JsonNode body) {
        var ask =
                Ask.post(
                                "/containers/create?name=" + Ask.query(name),
                                Phrase.of("create container {0}", name))
                        .with(body);
        return Json.text(succeed(ask, wire.answer(ask)).json(), "Id");
    }

    /** Connects a container to a network, with aliases and addresses as in the endpoint. */
    void connect(String network, String container, JsonNode endpoint) {
        var body = Json.object().put("Container", container);
        body.set("EndpointConfig", endpoint);
        change(
                Ask.post(
                                "/networks/" + Ask.path(network) + "/connect",
                                Phrase.of(
                                        "connect container {0} to network {1}", container, network))
                        .with(body));
    }

    ApiVersion api() {
        return wire.api();
    }

    @Override
    public void close() {
        wire.close();
    }

    /** 304 is the engine's "is so already". */
    static Answer succeed(Ask ask, Answer answer) {
        if (!answer.isSuccess() && answer.status() != 304) {
            throw EngineProblems.refused(ask, answer);
        }
        return answer;
    }

    /** The same of one that was there a moment ago; refused when it is not any more. */
    public JsonNode existing(String container) {
        return inspect(container)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("there is no container {0}", container),
                                Phrase.of("Check with: docker ps --all")));
    }

    private JsonNode get(String path, Phrase doing) {
        var ask = Ask.get(path, doing);
        return succeed(ask, wire.answer(ask)).json();
    }

    private void change(Ask ask) {
        succeed(ask, wire.answer(ask));
    }

    private static String path(String container, String rest) {
        return "/containers/" + Ask.path(container) + rest;
    }

    /**
     * What answers.
     *
     * @param api the API version that both sides agreed on, as in {@code 1.41}
     */
    public record Version(String version, String api, String os, String architecture) {}
}
