package backout.executor.compose;

import backout.executor.compose.file.ComposeFiles;
import backout.executor.compose.file.Edited;
import backout.executor.compose.file.SourceFile;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A project's files as they are now, and the edit that gives its service another image. */
final class ProjectFiles {
    static final int MAX_BYTES = 4 << 20;

    private final Host host;
    private final ComposeCli cli;

    ProjectFiles(Host host, ComposeCli cli) {
        this.host = host;
        this.cli = cli;
    }

    /**
     * Every file that the project is made of: compose files, env files, what they extend and
     * include, and the env files of its services.
     */
    List<Path> paths(Project project) {
        return List.copyOf(load(project).paths());
    }

    /** All that they say, as one text. */
    String texts(Project project) {
        var texts = new StringBuilder();
        for (Path path : paths(project)) {
            texts.append(new String(read(path), StandardCharsets.UTF_8)).append('\n');
        }
        return texts.toString();
    }

    /** Those that compose itself is given: of {@code --env-file}, else {@code .env}. */
    List<Path> envFiles(Project project) {
        Path dotEnv = project.directory().resolve(".env");
        if (!project.envFiles().isEmpty() || !host.exists(dotEnv)) {
            return project.envFiles();
        }
        return List.of(dotEnv);
    }

    boolean exists(Path path) {
        return host.exists(path);
    }

    byte[] read(Path path) {
        return host.read(path, MAX_BYTES)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("the file is gone"),
                                path.toString(),
                                Phrase.of("put it back, then ask again")));
    }

    ComposeFiles load(Project project) {
        return new ComposeFiles(
                project.files().stream().map(this::source).toList(),
                project.directory(),
                project.name(),
                shell(project),
                envFiles(project).stream().map(this::source).toList(),
                path -> host.read(path, MAX_BYTES));
    }

    /** The environment that compose has: it wins over env files. */
    Map<String, String> shell(Project project) {
        return cli.environment(project);
    }

    /** Those that compose takes from its environment or an env file where none is named to it. */
    List<String> profiles(Project project) {
        return Stream.of(load(project).variable("COMPOSE_PROFILES").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private SourceFile source(Path path) {
        return new SourceFile(path, read(path));
    }

    /**
     * What must change for the service to have this image, and which other services then change
     * with it.
     *
     * @throws ProblemException where it cannot be changed
     */
    Edited edit(Project project, String image) {
        return load(project).edit(project.service(), image);
    }

    /** {@code file:line} where the image of the service is written. */
    String where(Project project) {
        return load(project).where(project.service());
    }

    /** Whether other services have their image from that very line, as an anchor gives it. */
    boolean isShared(Project project) {
        return load(project).isShared(project.service());
    }
}
