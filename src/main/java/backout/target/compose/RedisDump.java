package backout.target.compose;

import backout.check.Secret;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.redis.RdbFile;
import backout.redis.RedisAddress;
import backout.redis.RedisInfo;
import backout.redis.RedisServer;
import backout.redis.Snapshot;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The copy that Redis itself writes of the service's data; its live files are never copied. A Redis
 * that publishes no port is reached at the address that its container has now.
 */
final class RedisDump {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int USUAL_PORT = 6379;

    private final Engine engine;
    private final Discovery discovery;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Pause pause;

    RedisDump(Engine engine, Host host, Secrets secrets, InstantSource clock, Pause pause) {
        this.engine = engine;
        this.discovery = new Discovery(engine, host);
        this.secrets = secrets;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Looks whether it answers and lets us in.
     *
     * @throws ProblemException when it does not
     */
    RedisInfo look(String project, RedisWay way) {
        try (var server = server(project, way)) {
            return server.info();
        }
    }

    /** Makes it write its copy: that file's place on this machine. */
    Path write(String project, RedisWay way, Duration within) {
        try (var server = server(project, way)) {
            Snapshot snapshot = server.snapshot(within, clock, pause::pause);
            Path dump = onHost(project, way.service(), snapshot);
            RdbFile.check(dump);
            return dump;
        }
    }

    private RedisServer server(String project, RedisWay way) {
        HostPort address = way.address().orElseGet(() -> ofContainer(project, way.service()));
        RedisAddress at = RedisAddress.of(address.host(), address.port());
        Optional<Secret> password = way.password().flatMap(secrets::of);
        return new RedisServer(
                password.map(secret -> at.withPassword(() -> secret.reveal().toCharArray()))
                        .orElse(at),
                ANSWER_WITHIN);
    }

    /** Asked anew each time: a container that is made again has another address. */
    private HostPort ofContainer(String project, String service) {
        JsonNode container =
                discovery.containers(project, service).stream()
                        .filter(one -> one.state().equals("running"))
                        .findFirst()
                        .map(ContainerSummary::id)
                        .flatMap(engine::inspect)
                        .orElseThrow(() ->
                                problem(
                                        project,
                                        Phrase.of("service {0} does not run", service),
                                        Phrase.of("start it: docker compose start {0}", service)));
        String mode = container.path("HostConfig").path("NetworkMode").asString("");
        if (mode.equals("host")) {
            return new HostPort("127.0.0.1", port(container));
        }
        return container.path("NetworkSettings").path("Networks").valueStream()
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
                                                + " config/targets.yml")));
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

    /** The server may know the dump's place by its container's path. */
    private Path onHost(String project, String service, Snapshot snapshot) {
        Path inside = Path.of(snapshot.dir()).resolve(snapshot.dbFilename()).normalize();
        if (service.isEmpty()) {
            return inside;
        }
        for (ContainerSummary container : discovery.containers(project, service)) {
            JsonNode mounts = engine.inspect(container.id()).orElseThrow().path("Mounts");
            for (JsonNode mount : mounts.valueStream().toList()) {
                Path destination = Path.of(mount.path("Destination").asString("/-"));
                if (inside.startsWith(destination)) {
                    return Path.of(mount.path("Source").asString(""))
                            .resolve(destination.relativize(inside));
                }
            }
        }
        throw problem(
                project,
                Phrase.of(
                        "the dump {0} of service {1} lies in no volume or folder of this machine",
                        inside, service),
                Phrase.of(
                        "give Redis a volume for {0}, or leave redis out of config/targets.yml",
                        snapshot.dir()));
    }

    private static ProblemException problem(String project, Phrase what, Phrase next) {
        return new ProblemException(new Problem(what, project, next));
    }
}
