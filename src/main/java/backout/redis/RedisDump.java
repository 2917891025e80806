package backout.redis;

import backout.archive.Far;
import backout.archive.Source;
import backout.check.Secret;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Pause;

import tools.jackson.databind.JsonNode;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The copy that Redis itself writes of the service's data; its live files are never copied. A Redis
 * that publishes no port is reached at the address that its container has now.
 */
public final class RedisDump {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int USUAL_PORT = 6379;

    /** Its name in a backup. */
    private static final String NAME = "backout-redis/dump.rdb";

    /** The containers in which the service's Redis may run. */
    public interface Containers {
        /** What people know them by, such as their project. */
        String name();

        /** The one of that service, where it runs. */
        Optional<ContainerSummary> running(String service);

        /** What starts it, as somebody types it. */
        String start(String service);
    }

    private final Engine engine;
    private final Host host;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Pause pause;

    public RedisDump(Engine engine, Host host, Secrets secrets, InstantSource clock, Pause pause) {
        this.engine = engine;
        this.host = host;
        this.secrets = secrets;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Looks whether it answers, lets us in, and whether its copy could be read.
     *
     * @return about the bytes of its copy, or more
     * @throws ProblemException when it could not be saved
     */
    public long look(Containers around, RedisWay way) {
        try (var server = server(around, way)) {
            long bytes = server.info().usedMemory();
            Path inside = server.dump();
            if (way.service().isEmpty() && here(around, "", inside).isEmpty()) {
                throw cannotBeRead(
                        around,
                        Phrase.of("the folder of its dump {0} cannot be read here", inside));
            }
            return bytes;
        }
    }

    /**
     * Makes it write its copy.
     *
     * @return the copy: checked where it lies on this machine and may be read there, else on its
     *     way
     */
    public Source write(Containers around, RedisWay way, Duration within) {
        try (var server = server(around, way)) {
            Path inside = server.snapshot(within, clock, pause);
            Optional<Path> here = here(around, way.service(), inside);
            if (here.isPresent() && host.name().equals("local")) {
                RdbFile.check(here.get());
                return new Source(NAME, here.get());
            }
            Far far =
                    way.service().isEmpty()
                            ? Far.of(host, here.orElseThrow(() -> notHere(around, inside)))
                            : Far.of(fromEngine(around, way.service(), inside));
            Far checked =
                    far.checkedBy((in, size) -> RdbFile.checking(in, size, inside.toString()));
            return new Source(NAME, inside, Optional.of(checked));
        }
    }

    private static ProblemException notHere(Containers around, Path inside) {
        return cannotBeRead(around, Phrase.of("the dump {0} cannot be read here", inside));
    }

    private static ProblemException cannotBeRead(Containers around, Phrase what) {
        return problem(
                around,
                what,
                Phrase.of(
                        "name its service: redis: service: NAME in targets.yml, then it is read"
                                + " through the engine"));
    }

    /** The engine may read it. */
    private Far.Tar fromEngine(Containers around, String service, Path inside) {
        ContainerSummary container =
                running(around, service).orElseThrow(() -> notHere(around, inside));
        return (out, within) -> engine.files().tar(container.id(), inside.toString(), out, within);
    }

    private RedisServer server(Containers around, RedisWay way) {
        HostPort address = way.address().orElseGet(() -> ofContainer(around, way.service()));
        InetSocketAddress reached = host.reach(address.host(), address.port());
        RedisAddress at = RedisAddress.of(reached.getHostString(), reached.getPort());
        Optional<Secret> password = way.password().flatMap(secrets::of);
        return new RedisServer(
                password.map(secret -> at.withPassword(() -> secret.reveal().toCharArray()))
                        .orElse(at),
                ANSWER_WITHIN);
    }

    /** Asked anew each time: a container that is made again has another address. */
    private HostPort ofContainer(Containers around, String service) {
        JsonNode container =
                running(around, service)
                        .map(ContainerSummary::id)
                        .flatMap(engine::inspect)
                        .orElseThrow(() ->
                                problem(
                                        around,
                                        Phrase.of("service {0} does not run", service),
                                        Phrase.of("start it: {0}", around.start(service))));
        String mode = container.path("HostConfig").path("NetworkMode").asString("");
        if (mode.equals("host")) {
            return new HostPort("127.0.0.1", port(container));
        }
        return container
                .path("NetworkSettings")
                .path("Networks")
                .valueStream()
                .map(network -> network.path("IPAddress").asString(""))
                .filter(address -> !address.isEmpty())
                .findFirst()
                .map(address -> new HostPort(address, port(container)))
                .orElseThrow(() ->
                        problem(
                                around,
                                Phrase.of("service {0} has no address in any network", service),
                                Phrase.of(
                                        "write redis: address: HOST:PORT as the bot reaches it into"
                                                + " targets.yml")));
    }

    /** The one that its image or its compose file names. */
    private static int port(JsonNode container) {
        return container.path("Config").path("ExposedPorts").properties().stream()
                .map(entry -> entry.getKey())
                .filter(port -> port.matches("[1-9][0-9]{0,4}/tcp"))
                .map(port -> Integer.parseInt(port.replace("/tcp", "")))
                .sorted((one, other) -> one == USUAL_PORT ? -1 : other == USUAL_PORT ? 1 : 0)
                .findFirst()
                .orElse(USUAL_PORT);
    }

    private Optional<ContainerSummary> running(Containers around, String service) {
        return service.isEmpty() ? Optional.empty() : around.running(service);
    }

    /** The server may know it by its container's path; empty where we may not look. */
    private Optional<Path> here(Containers around, String service, Path inside) {
        if (!host.name().equals("local")) {
            return Optional.of(inside).filter(path -> service.isEmpty()).filter(this::isReadable);
        }
        Optional<Path> place =
                service.isEmpty()
                        ? Optional.of(inside)
                        : running(around, service)
                                .flatMap(container -> engine.inspect(container.id()))
                                .flatMap(container -> mounted(container.path("Mounts"), inside));
        return place.filter(path -> Files.isReadable(path.resolveSibling(".")))
                .filter(path -> !Files.exists(path) || Files.isReadable(path));
    }

    private boolean isReadable(Path path) {
        String folder = path.resolveSibling(".").normalize().toString();
        return host.run(Command.of(ANSWER_WITHIN, "test", "-r", folder)).exited().isSuccess();
    }

    private static Optional<Path> mounted(JsonNode mounts, Path inside) {
        return mounts.valueStream()
                .filter(mount -> inside.startsWith(mount.path("Destination").asString("/-")))
                .map(mount ->
                        Path.of(mount.path("Source").asString(""))
                                .resolve(
                                        Path.of(mount.path("Destination").asString(""))
                                                .relativize(inside)))
                .findFirst();
    }

    private static ProblemException problem(Containers around, Phrase what, Phrase next) {
        return Problem.stop(what, around.name(), next);
    }
}
