package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.EngineEvent;
import backout.host.Command;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the project from the labels of its containers. Never from a folder's name: that is only
 * compose's default for the project name.
 */
final class Discovery {
    static final String PROJECT = "com.docker.compose.project";
    static final String SERVICE = "com.docker.compose.service";
    static final String HASH = "com.docker.compose.config-hash";
    static final String IMAGE = "com.docker.compose.image";
    private static final String ONE_OFF = "com.docker.compose.oneoff";
    private static final String FILES = "com.docker.compose.project.config_files";
    static final String DIRECTORY = "com.docker.compose.project.working_dir";
    private static final String ENV_FILES = "com.docker.compose.project.environment_file";
    private static final String NUMBER = "com.docker.compose.container-number";
    private static final String VERSION = "com.docker.compose.version";

    private final Engine engine;
    private final Host host;

    Discovery(Engine engine, Host host) {
        this.engine = engine;
        this.host = host;
    }

    /** All containers of the project, one-off ones and those of strangers left out. */
    List<ContainerSummary> containers(String project) {
        return engine.containers(Map.of(PROJECT, project)).stream()
                .filter(container -> isComposes(container.labels()))
                .filter(container -> !"True".equalsIgnoreCase(container.labels().get(ONE_OFF)))
                .toList();
    }

    /** Anybody may put a project's name on a container: compose goes by the hash that it wrote. */
    static boolean isComposes(Map<String, String> labels) {
        return labels.containsKey(HASH);
    }

    /** What happens to a container of the target's service. */
    Predicate<EngineEvent> events(Target target) {
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        return event ->
                isComposes(event.attributes())
                        && project.equals(event.attributes().get(PROJECT))
                        && service.equals(event.attributes().get(SERVICE));
    }

    List<ContainerSummary> containers(String project, String service) {
        return containers(project).stream()
                .filter(container -> service.equals(container.labels().get(SERVICE)))
                .toList();
    }

    /** The one container of the target's service, running or not. */
    ContainerSummary container(Target target) {
        return find(target).orElseThrow(() -> none(target));
    }

    /** The same; empty where there is none. */
    Optional<ContainerSummary> find(Target target) {
        if (!target.host().equals(host.name())) {
            throw new IllegalStateException(target.name() + " is looked for on " + host.name());
        }
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        return atMostOne(containers(project, service), service, target.name().toString());
    }

    /** Without starting the release that is meant to go. */
    static ProblemException none(Target target) {
        String service = target.settings().text("service");
        return Problem.stop(
                Phrase.of(
                        "project {0} has no container of service {1}, and nobody knows"
                                + " where its files are",
                        target.settings().text("project"), service),
                target.name().toString(),
                Phrase.of(
                        "in the project's folder type: docker compose create {0}, which"
                                + " starts nothing; then ask again. Or mend project and"
                                + " service in {1}",
                        Command.typed(ComposeCli.named(List.of(service))), target.file()));
    }

    static Optional<ContainerSummary> atMostOne(
            List<ContainerSummary> found, String service, String where) {
        if (found.size() < 2) {
            return found.stream().findFirst();
        }
        throw Problem.stop(
                Phrase.of(
                        "service {0} has {1} containers ({2})",
                        service,
                        found.size(),
                        Phrase.list(found.stream().map(ContainerSummary::name).toList())),
                where,
                Phrase.of(
                        "this version rolls back services of one container: remove what is"
                                + " left over, or scale to 1"));
    }

    /** The project behind a container; its profiles are not known yet. */
    Project project(ContainerSummary container) {
        Map<String, String> labels = container.labels();
        refuseOldCompose(container);
        String directory = labels.getOrDefault(DIRECTORY, "");
        List<Path> files = paths(container, FILES, directory);
        if (files.isEmpty() || directory.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("the container does not say which compose files made it"),
                    container.name(),
                    Phrase.of("make it again with docker compose up -d"));
        }
        for (Path file : files) {
            if (!host.exists(file)) {
                throw Problem.stop(
                        Phrase.of(
                                "the compose file that made container {0} is gone",
                                container.name()),
                        file.toString(),
                        Phrase.of(
                                "put it back, or make the container again from where the"
                                        + " files are now"));
            }
        }
        List<Path> envFiles = paths(container, ENV_FILES, directory);
        envFiles.forEach(file -> mustStillBeRead(file, container));
        return new Project(
                labels.getOrDefault(PROJECT, ""),
                labels.getOrDefault(SERVICE, ""),
                Path.of(directory),
                files,
                envFiles,
                List.of(),
                isCompatible(container));
    }

    /**
     * One that was decrypted for a moment is gone, and a pipe would keep compose waiting for ever:
     * https://github.com/docker/compose/issues/11656
     */
    private void mustStillBeRead(Path envFile, ContainerSummary container) {
        if (host.read(envFile, ProjectFiles.MAX_BYTES).isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "the env file that container {0} was started with is gone",
                            container.name()),
                    envFile.toString(),
                    Phrase.of(
                            "write it there again with the values of then, then ask again;"
                                    + " and deploy with one that stays, such as .env"));
        }
    }

    private static boolean isCompatible(ContainerSummary container) {
        Map<String, String> labels = container.labels();
        return container
                .name()
                .equals(
                        String.join(
                                "_",
                                labels.getOrDefault(PROJECT, ""),
                                labels.getOrDefault(SERVICE, ""),
                                labels.getOrDefault(NUMBER, "")));
    }

    /**
     * docker-compose 1.x neither knows {@code --pull} nor hashes as 2.x does: the next up would
     * recreate everything.
     */
    private static void refuseOldCompose(ContainerSummary container) {
        String version = container.labels().getOrDefault(VERSION, "");
        if (version.startsWith("1.")) {
            throw Problem.stop(
                    Phrase.of(
                            "container {0} was made by docker-compose {1}",
                            container.name(), version),
                    container.name(),
                    Phrase.of(
                            "docker-compose 1.x is not supported: install the compose"
                                    + " plugin and run docker compose up -d once"));
        }
    }

    /** Anybody may put any label on a container of theirs. */
    private static List<Path> paths(ContainerSummary container, String label, String directory) {
        String commaSeparated = container.labels().getOrDefault(label, "");
        try {
            if (isSeveralLines(commaSeparated) || isSeveralLines(directory)) {
                throw new InvalidPathException(label, "it has line breaks");
            }
            return Arrays.stream(commaSeparated.split(","))
                    .filter(path -> !path.isBlank())
                    .map(path -> Path.of(directory).resolve(path.strip()))
                    .toList();
        } catch (InvalidPathException noPath) {
            throw Problem.stop(
                    Phrase.of("the label {0} of the container is no path", label),
                    container.name(),
                    Phrase.of(
                            "move the project to a folder with a plain name, and make the"
                                    + " container again with docker compose up -d"));
        }
    }

    private static boolean isSeveralLines(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
