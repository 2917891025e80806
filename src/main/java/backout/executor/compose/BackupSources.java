package backout.executor.compose;

import backout.archive.Far;
import backout.archive.Source;
import backout.docker.Engine;
import backout.host.Host;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is saved of a project, and under which names: each by its path from the project's folder, so
 * that the archive unpacked over it is right.
 */
final class BackupSources {
    /** For what lies elsewhere: below it stands the whole path. */
    static final String OUTSIDE = "backout-outside";

    static final String REDIS = "backout-redis/dump.rdb";

    private final Engine engine;
    private final Host host;
    private final ProjectFiles files;

    BackupSources(Engine engine, Host host, ProjectFiles files) {
        this.engine = engine;
        this.host = host;
        this.files = files;
    }

    /** Every file that compose reads to make the project. */
    List<Source> files(Project project) {
        return files.paths(project).stream().map(path -> source(project, path)).toList();
    }

    /**
     * The folders that are named; else those below the project's folder that the service can write
     * to. A container that is not there writes nowhere.
     */
    List<Source> data(Project project, String container, List<String> named) {
        List<Path> paths =
                named.isEmpty()
                        ? mounted(project, container)
                        : named.stream().map(path -> project.directory().resolve(path)).toList();
        return paths.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .distinct()
                .map(path -> source(project, path))
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

    private Source source(Project project, Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path folder = project.directory().toAbsolutePath().normalize();
        return new Source(
                name(folder, whole),
                whole,
                host.name().equals("local") ? Optional.empty() : Optional.of(Far.of(host, whole)));
    }

    private String name(Path folder, Path file) {
        Path inside = inside(folder, file);
        return inside.isAbsolute() ? OUTSIDE + inside : inside.toString();
    }

    /** A project's folder can be a link while its files are named by their real place. */
    private Path inside(Path folder, Path file) {
        if (file.startsWith(folder)) {
            return folder.relativize(file);
        }
        return host.real(folder)
                .filter(file::startsWith)
                .map(real -> real.relativize(file))
                .orElse(file);
    }
}
