package backout.executor.compose.file;

import backout.docker.ImageName;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one compose project, as the labels of its running containers name them. Finds where
 * an image is written and says how the file must read to have another one; writes nothing.
 *
 * @param files in the order of {@code -f}, at least one
 * @param directory the project directory, which relative paths of {@code extends} and {@code
 *     include} start from
 * @param project the project's name, which compose offers as {@code COMPOSE_PROJECT_NAME}
 * @param shell the environment that compose runs in; wins over env files; its values may be secrets
 * @param envFiles those of {@code --env-file} in their order, or {@code .env} of the directory
 *     where none is named and it exists
 * @param reader for what the files point to
 */
public record ComposeFiles(
        List<SourceFile> files,
        Path directory,
        String project,
        Map<String, String> shell,
        List<SourceFile> envFiles,
        Reader reader) {
    public ComposeFiles {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a compose project has at least one file");
        }
        files = List.copyOf(files);
        directory = directory.toAbsolutePath().normalize();
        shell = Map.copyOf(shell);
        envFiles = List.copyOf(envFiles);
    }

    /**
     * Every service with an image, and the image as compose sees it; profiles are not looked at.
     */
    public Map<String, String> images() {
        return new Model(this).images();
    }

    /**
     * Every file that the project is made of: compose files, env files, what they extend and
     * include, and the env files of services that are there.
     */
    public Set<Path> paths() {
        return new Model(this).paths();
    }

    /**
     * The smallest change of one line after which this service has the wanted image. Services that
     * take their image from the same line change with it where they then run another release of
     * what they ran: {@link Edited#images} names them all.
     *
     * @throws ProblemException where no line can be changed so: built, missing, or of a form that
     *     cannot be changed safely
     */
    public Edited edit(String service, String wanted) {
        var name = ImageName.parse(wanted);
        var model = new Model(this);
        return new Editor(this, model, service, model.image(service), wanted, name).edit();
    }

    /** {@code file:line} of the scalar that compose takes the service's image from. */
    public String where(String service) {
        return new Model(this).image(service).scalar().where();
    }

    /**
     * Whether another service's image is that very scalar, through an anchor or {@code extends}.
     */
    public boolean isShared(String service) {
        var model = new Model(this);
        return model.writtenAt(model.image(service).scalar()).size() > 1;
    }

    /** The same project with one file as the edit leaves it. */
    ComposeFiles with(SourceFile changed) {
        return new ComposeFiles(
                replaced(files, changed),
                directory,
                project,
                shell,
                replaced(envFiles, changed),
                path ->
                        path.equals(changed.path())
                                ? Optional.of(changed.bytes())
                                : reader.read(path));
    }

    /** What was handed over wins over what the reader would find now: one file, one content. */
    Optional<byte[]> read(Path path) {
        var known = new ArrayList<>(files);
        known.addAll(envFiles);
        return known.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .map(SourceFile::bytes)
                .or(() -> reader.read(path));
    }

    /** What compose takes for this variable; empty where nobody gave it a value. */
    public String variable(String name) {
        return environment().variable(name).value();
    }

    Environment environment() {
        return Environment.of(shell, project, envFiles);
    }

    private static List<SourceFile> replaced(List<SourceFile> files, SourceFile changed) {
        return files.stream()
                .map(file -> file.path().equals(changed.path()) ? changed : file)
                .toList();
    }

    @Override
    public String toString() {
        return "compose project %s of %s"
                .formatted(project, new TreeMap<>(pathsOf(files)).keySet());
    }

    private static Map<String, Path> pathsOf(List<SourceFile> files) {
        var paths = new TreeMap<String, Path>();
        files.forEach(file -> paths.put(file.path().toString(), file.path()));
        return paths;
    }

    /**
     * Reads what compose files point to: {@code extends: {file}}, {@code include} and their env
     * files.
     */
    @FunctionalInterface
    public interface Reader {
        /** Empty where no such file is; a file that cannot be read is a ProblemException. */
        Optional<byte[]> read(Path path);
    }
}
