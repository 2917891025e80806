package backout.executor.container;

import backout.archive.BackupTask;
import backout.archive.Rooted;
import backout.archive.Source;
import backout.archive.Unsaved;
import backout.docker.Engine;
import backout.host.Command;
import backout.host.Host;
import backout.plan.Step;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is saved of a container: how it was made, and what it can write to. */
record ContainerData(Engine engine, Host host, String address) implements BackupTask.Content {
    /** All that the engine tells of it; sealed with the rest, for it holds secrets. */
    static final String FILE = "container.json";

    /** What a container is given of the machine itself. */
    private static final Set<String> MACHINE =
            Set.of(
                    "/",
                    "/proc",
                    "/sys",
                    "/dev",
                    "/run",
                    "/var/run",
                    "/tmp",
                    "/etc",
                    "/var/lib/docker");

    @Override
    public List<Source> files(Step step) {
        String json = inspect(step.need("container")).toPrettyString();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return List.of(Source.of(FILE, bytes));
    }

    @Override
    public List<Source> lying(Step step) {
        return List.of();
    }

    @Override
    public List<String> typed(Step step) {
        List<String> inspect = List.of("docker", "inspect", step.need("container"));
        return List.of(
                "DOCKER_HOST=%s %s > \"$saved/%s\""
                        .formatted(Command.typed(List.of(address)), Command.typed(inspect), FILE));
    }

    @Override
    public List<Source> data(Step step, Unsaved unsaved, Duration within) {
        return unsaved.has(Unsaved.DATA)
                ? List.of()
                : data(step.need("container"), step.need("paths").lines().toList());
    }

    /**
     * @param named paths; none for all that it can write to
     */
    List<Source> data(String container, List<String> named) {
        var rooted = new Rooted(host, Path.of("/"));
        Stream<Path> paths =
                named.isEmpty()
                        ? written(container).filter(host::isFolder)
                        : named.stream().map(Path::of);
        return paths.map(Path::normalize).distinct().map(rooted::source).toList();
    }

    /** Volumes that no folder of the machine can be read as: another driver's, or another's. */
    List<String> unread(String container) {
        return written(container).filter(path -> !host.exists(path)).map(Path::toString).toList();
    }

    /** What of the machine is mounted into it and is not there any more. */
    List<String> gone(JsonNode inspected) {
        return inspected
                .path("Mounts")
                .valueStream()
                .filter(mount -> mount.path("Type").asString("").equals("bind"))
                .map(mount -> mount.path("Source").asString(""))
                .filter(path -> path.startsWith("/") && !host.exists(Path.of(path)))
                .toList();
    }

    private Stream<Path> written(String container) {
        return inspect(container)
                .path("Mounts")
                .valueStream()
                .filter(mount -> mount.path("RW").asBoolean(false))
                .filter(mount -> Set.of("bind", "volume").contains(mount.path("Type").asString("")))
                .map(mount -> mount.path("Source").asString(""))
                .filter(path -> path.startsWith("/") && !MACHINE.contains(path))
                .map(Path::of);
    }

    private JsonNode inspect(String container) {
        return engine.existing(container);
    }
}
