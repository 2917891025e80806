package backout.target.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.EngineInfo;
import backout.docker.Image;
import backout.host.Command;
import backout.host.Host;
import backout.host.PortState;
import backout.host.Result;
import backout.host.Space;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.Deadline;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks, all at once and without touching anything, at what could make a rollback fail half way.
 */
final class Preflight {
    /** Below this the engine may be unable to make a container or the bot a backup. */
    static final long DISK_FLOOR = 200L << 20;

    /** What was found: red stops, amber is told. */
    record Findings(List<Problem> red, List<Phrase> amber) {
        Findings and(Findings others) {
            var both = new Findings(new ArrayList<>(red), new ArrayList<>(amber));
            both.red.addAll(others.red);
            both.amber.addAll(others.amber);
            return both;
        }
    }

    private final Engine engine;
    private final Host host;
    private final ComposeCli cli;
    private final Path stateDir;
    private final ProjectFiles files;

    Preflight(Engine engine, Host host, ComposeCli cli, ProjectFiles files, Path stateDir) {
        this.engine = engine;
        this.host = host;
        this.cli = cli;
        this.files = files;
        this.stateDir = stateDir;
    }

    Findings look(
            Target target,
            Project project,
            ContainerSummary container,
            List<ContainerSummary> containers,
            Choice choice,
            Deadline by) {
        var looks =
                List.<Callable<Findings>>of(
                        this::compose,
                        () -> engineFits(choice),
                        () -> ports(container),
                        () -> busy(project, containers),
                        () -> disk(choice),
                        () -> git(project));
        var red = new ArrayList<Problem>();
        var amber = new ArrayList<Phrase>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Findings> look :
                    threads.invokeAll(
                            looks,
                            by.left().toMillis(),
                            java.util.concurrent.TimeUnit.MILLISECONDS)) {
                Findings findings = result(look);
                red.addAll(findings.red());
                amber.addAll(findings.amber());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(
                    Problem.of(
                            Phrase.of("the look at {0} was interrupted", target.name()),
                            Phrase.of("ask again")));
        }
        return new Findings(List.copyOf(red), List.copyOf(amber));
    }

    private static Findings result(Future<Findings> look) throws InterruptedException {
        try {
            return look.get();
        } catch (java.util.concurrent.CancellationException e) {
            return red(
                    Problem.of(
                            Phrase.of("a look before the rollback took too long"),
                            Phrase.of("ask again")));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                return new Findings(problem.problems(), List.of());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Findings fine() {
        return new Findings(List.of(), List.of());
    }

    private static Findings red(Problem problem) {
        return new Findings(List.of(problem), List.of());
    }

    private static Findings amber(Phrase text) {
        return new Findings(List.of(), List.of(text));
    }

    private Findings compose() {
        String version = cli.version();
        return version.replaceFirst("^v", "").startsWith("1.")
                ? red(
                        Problem.of(
                                Phrase.of(
                                        "docker compose is version {0}, 2 or newer is needed",
                                        version),
                                Phrase.of("install the docker-compose-plugin package")))
                : fine();
    }

    private Findings engineFits(Choice choice) {
        EngineInfo info = engine.info();
        return engine.images()
                .find(choice.identity())
                .filter((Image image) -> !info.runs(image))
                .map(image ->
                        red(
                                new Problem(
                                        Phrase.of(
                                                "the image is for {0}/{1}, this engine runs"
                                                        + " {2}/{3}",
                                                image.os(),
                                                image.architecture(),
                                                info.os(),
                                                info.architecture()),
                                        choice.image(),
                                        Phrase.of("name a release for this machine"))))
                .orElseGet(Preflight::fine);
    }

    private Findings ports(ContainerSummary container) {
        List<Problem> taken =
                takenPorts(container).stream()
                        .map(port ->
                                new Problem(
                                        Phrase.of("port {0} is taken by something else", port),
                                        container.name(),
                                        Phrase.of(
                                                "see who with: ss -tlnp sport = :{0}; free it, then"
                                                        + " ask again",
                                                port)))
                        .toList();
        return new Findings(taken, List.of());
    }

    /**
     * A running container holds its own ports, and so does one that crashes and is started again
     * and again; those of one that is down may have been taken by somebody else.
     */
    List<Integer> takenPorts(ContainerSummary container) {
        if (Containers.STARTED.contains(container.state()) || container.id().isEmpty()) {
            return List.of();
        }
        JsonNode bindings =
                engine.inspect(container.id())
                        .map(inspected -> inspected.path("HostConfig").path("PortBindings"))
                        .orElseThrow();
        return bindings.valueStream()
                .flatMap(JsonNode::valueStream)
                .filter(this::isTaken)
                .map(Preflight::port)
                .distinct()
                .toList();
    }

    private boolean isTaken(JsonNode binding) {
        int port = port(binding);
        return port > 0 && host.port(address(binding), port) == PortState.TAKEN;
    }

    private static int port(JsonNode binding) {
        return binding.path("HostPort").asInt(0);
    }

    private static String address(JsonNode binding) {
        String address = binding.path("HostIp").asString("");
        return address.isEmpty() ? "0.0.0.0" : address;
    }

    /**
     * Compose renames an old container to id_name while it replaces it; one that is left over means
     * half a replacement.
     */
    private static Findings busy(Project project, List<ContainerSummary> containers) {
        var odd =
                containers.stream()
                        .map(ContainerSummary::name)
                        .filter(name -> name.matches("[0-9a-f]{12}_.+"))
                        .toList();
        return odd.isEmpty()
                ? fine()
                : red(
                        new Problem(
                                Phrase.of(
                                        "compose is replacing a container right now, or was stopped"
                                                + " while it did: {0}",
                                        Phrase.list(odd)),
                                project.name(),
                                Phrase.of(
                                        "wait for it; if nobody is at it, remove the left-over"
                                                + " container")));
    }

    private Findings disk(Choice choice) {
        var red = new ArrayList<Problem>();
        for (Path path : List.of(Path.of(engine.info().dataRoot()), stateDir)) {
            Space space = host.space(path);
            boolean fewInodes = space.freeInodes().orElse(Long.MAX_VALUE) < 1000;
            if (space.freeBytes() < DISK_FLOOR || fewInodes) {
                red.add(
                        new Problem(
                                fewInodes
                                        ? Phrase.of(
                                                "only {0} free and {1} inodes, {2} are needed for"
                                                        + " {3}",
                                                Say.bytes(space.freeBytes()),
                                                space.freeInodes().getAsLong(),
                                                Say.bytes(DISK_FLOOR),
                                                choice.release().name())
                                        : Phrase.of(
                                                "only {0} free, {1} are needed for {2}",
                                                Say.bytes(space.freeBytes()),
                                                Say.bytes(DISK_FLOOR),
                                                choice.release().name()),
                                path.toString(),
                                Phrase.of(
                                        "make room without removing images that a rollback needs,"
                                                + " then ask again")));
            }
        }
        return new Findings(red, List.of());
    }

    /**
     * A file that git knows and that differs from its commit: the edit will stand beside those
     * changes.
     */
    private Findings git(Project project) {
        var argv = new ArrayList<>(List.of("git", "status", "--porcelain", "--"));
        files.paths(project).forEach(path -> argv.add(path.toString()));
        try {
            Result result =
                    host.run(
                            Command.of(Duration.ofSeconds(10), argv)
                                    .in(project.directory())
                                    .with(Map.of("GIT_OPTIONAL_LOCKS", "0")));
            if (result instanceof Result.Exited exited
                    && exited.isSuccess()
                    && !exited.stdout().text().isBlank()) {
                List<String> names = exited.stdout().text().lines().map(String::strip).toList();
                return amber(Phrase.of("git knows files of this project as changed: {0}", names));
            }
            return fine();
        } catch (ProblemException noGit) {
            return fine();
        }
    }
}
