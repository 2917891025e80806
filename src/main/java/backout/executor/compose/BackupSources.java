package backout.executor.compose;

import backout.archive.BackupTask;
import backout.archive.Rooted;
import backout.archive.Source;
import backout.archive.Unsaved;
import backout.docker.Engine;
import backout.host.Host;
import backout.plan.Step;
import backout.redis.RedisDump;
import backout.redis.RedisWay;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is saved of a project: its files, the data of one service, the copy of its Redis. */
final class BackupSources implements BackupTask.Content {
    private final Engine engine;
    private final Host host;
    private final ProjectFiles files;
    private final RedisDump redis;
    private final ComposeCli cli;

    BackupSources(Engine engine, Host host, ProjectFiles files, RedisDump redis, ComposeCli cli) {
        this.engine = engine;
        this.host = host;
        this.files = files;
        this.redis = redis;
        this.cli = cli;
    }

    @Override
    public List<Source> files(Step step) {
        return files(Project.of(step));
    }

    @Override
    public List<Source> data(Step step, Unsaved unsaved, Duration within) {
        Project project = Project.of(step);
        var sources = new ArrayList<Source>();
        if (!unsaved.has(Unsaved.DATA)) {
            List<String> named = step.need("paths").lines().toList();
            sources.addAll(data(project, step.need("container"), named));
        }
        if (!unsaved.has(Unsaved.REDIS)) {
            RedisWay.of(step)
                    .map(way -> redis.write(around(project.name()), way, within))
                    .ifPresent(sources::add);
        }
        return sources;
    }

    @Override
    public List<String> typed(Step step) {
        return Unsaved.of(step).has(Unsaved.REDIS)
                ? List.of()
                : RedisWay.of(step)
                        .map(way -> way.typed(cli.typed(List.of("docker")), container(step, way)))
                        .orElse(List.of());
    }

    private String container(Step step, RedisWay way) {
        String label = "label=com.docker.compose.";
        return cli.typed(
                List.of(
                        "docker",
                        "ps",
                        "--quiet",
                        "--filter",
                        label + "project=" + Project.of(step).name(),
                        "--filter",
                        label + "service=" + way.service()));
    }

    RedisDump.Containers around(String project) {
        return new ProjectContainers(new Discovery(engine, host), project);
    }

    /** Every file that compose reads to make the project. */
    List<Source> files(Project project) {
        var rooted = new Rooted(host, project.directory());
        return files.paths(project).stream().map(rooted::source).toList();
    }

    /**
     * The folders that are named; else those below the project's folder that the service can write
     * to. A container that is not there writes nowhere.
     */
    List<Source> data(Project project, String container, List<String> named) {
        var rooted = new Rooted(host, project.directory());
        List<Path> paths =
                named.isEmpty()
                        ? mounted(project, container)
                        : named.stream().map(path -> project.directory().resolve(path)).toList();
        return paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .map(rooted::source)
                .toList();
    }

    private List<Path> mounted(Project project, String container) {
        JsonNode mounts =
                engine.inspect(container)
                        .map(inspected -> inspected.path("Mounts"))
                        .orElseGet(MissingNode::getInstance);
        return mounts.valueStream()
                .filter(mount ->
                        mount.path("Type").asString("").equals("bind")
                                && mount.path("RW").asBoolean(false))
                .map(mount -> Path.of(mount.path("Source").asString("")))
                .filter(path -> path.startsWith(project.directory()) && host.isFolder(path))
                .toList();
    }
}
