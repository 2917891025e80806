package backout.executor.compose;

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
import backout.redis.RdbFile;
import backout.redis.RedisAddress;
import backout.redis.RedisServer;
import backout.run.Pause;

import tools.jackson.databind.JsonNode;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The copy that Redis itself writes of the service's data; its live files are never copied. A Redis
 * that publishes no port is reached at the address that its container has now.
 */
final class RedisDump {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int USUAL_PORT = 6379;

    private final Engine engine;
    private final Host host;
    private final Discovery discovery;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Pause pause;

    RedisDump(Engine engine, Host host, Secrets secrets, InstantSource clock, Pause pause) {
        this.engine = engine;
        this.host = host;
        this.discovery = new Discovery(engine, host);
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
    long look(String project, RedisWay way) {
        try (var server = server(project, way)) {
            long bytes = server.info().usedMemory();
            Path inside = server.dump().normalize();
            if (way.service().isEmpty() && here(project, "", inside).isEmpty()) {
                throw cannotBeRead(
                        project,
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
    Source write(String project, RedisWay way, Duration within) {
        try (var server = server(project, way)) {
            Path inside = server.snapshot(within, clock, pause).normalize();
            Optional<Path> here = here(project, way.service(), inside);
            if (here.isPresent() && host.name().equals("local")) {
                RdbFile.check(here.get());
                return new Source(BackupSources.REDIS, here.get());
            }
            Far far =
                    way.service().isEmpty()
                            ? Far.of(host, here.orElseThrow(() -> notHere(project, inside)))
                            : Far.of(fromEngine(project, way.service(), inside));
            Far checked =
                    far.checkedBy((in, size) -> RdbFile.checking(in, size, inside.toString()));
            return new Source(BackupSources.REDIS, inside, Optional.of(checked));
        }
    }

    private static ProblemException notHere(String project, Path inside) {
        return cannotBeRead(project, Phrase.of("the dump {0} cannot be read here", inside));
    }

    private static ProblemException cannotBeRead(String project, Phrase what) {
        return problem(
                project,
                what,
                Phrase.of(
                        "name its service: redis: service: NAME in targets.yml, then it is read"
                                + " through the engine"));
    }

    /** The engine may read it. */
    private Far.Tar fromEngine(String project, String service, Path inside) {
        ContainerSummary container =
                running(project, service).orElseThrow(() -> notHere(project, inside));
        return (out, within) -> engine.files().tar(container.id(), inside.toString(), out, within);
    }

    private RedisServer server(String project, RedisWay way) {
        HostPort address = way.address().orElseGet(() -> ofContainer(project, way.service()));
        InetSocketAddress reached = host.reach(address.host(), address.port());
        RedisAddress at = RedisAddress.of(reached.getHostString(), reached.getPort());
        Optional<Secret> password = way.password().flatMap(secrets::of);
        return new RedisServer(
                password.map(secret -> at.withPassword(() -> secret.reveal().toCharArray()))
                        .orElse(at),
                ANSWER_WITHIN);
    }

    /** Asked anew each time: a container that is made again has another address. */
    private HostPort ofContainer(String project, String service) {
        JsonNode container =
                running(project, service)
                        .map(ContainerSummary::id)
                        .flatMap(engine::inspect)
                        .orElseThrow(() ->
                                problem(
                                        project,
                                        Phrase.of("service {0} does not run", service),
                                        Phrase.of("start it: {0}", start(project, service))));
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
                                project,
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

    /** Compose needs no file for what has a container. */
    private static String start(String project, String service) {
        var argv = new ArrayList<>(List.of("docker", "compose", "--project-name", project));
        argv.add("start");
        argv.addAll(ComposeCli.named(List.of(service)));
        return Command.typed(argv);
    }

    private Optional<ContainerSummary> running(String project, String service) {
        return service.isEmpty()
                ? Optional.empty()
                : discovery.containers(project, service).stream()
                        .filter(one -> one.state().equals("running"))
                        .findFirst();
    }

    /** The server may know it by its container's path; empty where we may not look. */
    private Optional<Path> here(String project, String service, Path inside) {
        if (!host.name().equals("local")) {
            return Optional.of(inside).filter(path -> service.isEmpty()).filter(this::isReadable);
        }
        Optional<Path> place =
                service.isEmpty()
                        ? Optional.of(inside)
                        : running(project, service)
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

    private static ProblemException problem(String project, Phrase what, Phrase next) {
        return Problem.stop(what, project, next);
    }
}
