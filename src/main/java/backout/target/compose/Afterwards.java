package backout.target.compose;

import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What compose would understand of a project once its files are changed: asked with copies of those
 * files in a folder that nobody else may enter, and that is gone afterwards.
 */
final class Afterwards {
    private final ComposeCli cli;
    private final ProjectFiles files;

    Afterwards(ComposeCli cli, ProjectFiles files) {
        this.cli = cli;
        this.files = files;
    }

    /**
     * Empty where nothing changes, or what changes is a file that others point to.
     *
     * @throws ProblemException when compose does not take the changed files
     */
    Optional<ComposeCli.Config> config(Project project, FileChange change) {
        List<Path> own = files.paths(project);
        if (change.isNothing() || !own.containsAll(change.contents().keySet())) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory("backout-");
            try {
                return Optional.of(config(project, copies(folder, change.contents())));
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no room for copies of the project's files", e);
        }
    }

    private static Map<Path, Path> copies(Path folder, Map<Path, byte[]> contents)
            throws IOException {
        var copies = new HashMap<Path, Path>();
        for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
            Path copy = folder.resolve(copies.size() + "-" + file.getKey().getFileName());
            Files.write(copy, file.getValue());
            copies.put(file.getKey(), copy);
        }
        return copies;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> copies = Files.list(folder)) {
            for (Path copy : copies.toList()) {
                Files.delete(copy);
            }
        }
        Files.delete(folder);
    }

    private ComposeCli.Config config(Project project, Map<Path, Path> copies) {
        Project changed = project.madeOf(replaced(project.files(), copies));
        List<Path> envFiles = files.envFiles(project);
        if (envFiles.stream().anyMatch(copies::containsKey)) {
            changed = changed.withEnvFiles(replaced(envFiles, copies));
        }
        boolean changesValues = !project.files().containsAll(copies.keySet());
        String services =
                Optional.of(project)
                        .filter(_ -> changesValues)
                        .flatMap(cli::raw)
                        .map(raw -> servicesThatRead(raw, copies))
                        .orElse("");
        if (services.isEmpty()) {
            return cli.config(changed);
        }
        var over = new ArrayList<>(changed.files());
        over.add(ComposeCli.STDIN);
        byte[] text = ("services:\n" + services).getBytes(StandardCharsets.UTF_8);
        try {
            return cli.config(changed.madeOf(over), Map.of(), text);
        } catch (ProblemException olderThanOverride) {
            // before 2.24.4 compose does not know the tag: then these services read the old file
            return cli.config(changed);
        }
    }

    private static List<Path> replaced(List<Path> paths, Map<Path, Path> copies) {
        return paths.stream().map(path -> copies.getOrDefault(path, path)).toList();
    }

    /** The same services with the copies in the place of the env files that change. */
    private static String servicesThatRead(JsonNode raw, Map<Path, Path> copies) {
        var text = new StringBuilder();
        for (Map.Entry<String, JsonNode> service : raw.path("services").properties()) {
            List<String> read = EnvFiles.of(service.getValue());
            if (read.stream().anyMatch(path -> copies.containsKey(Path.of(path)))) {
                text.append("  ").append(quoted(service.getKey())).append(":\n");
                text.append("    env_file: !override\n");
                for (String path : read) {
                    Path now = copies.getOrDefault(Path.of(path), Path.of(path));
                    text.append("      - path: ").append(quoted(now.toString()));
                    text.append("\n        required: false\n");
                }
            }
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("$", "$$") + "'";
    }
}
