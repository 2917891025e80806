package backout.executor.compose;

import backout.problem.ProblemException;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * @throws ProblemException when compose does not take the changed files, or there is no room
     *     for copies of them
     */
    Optional<ComposeCli.Config> config(Project project, FileChange change) {
        Map<Path, byte[]> changed = change.changed();
        Map<String, List<String>> read = read(project, changed.keySet());
        if (changed.isEmpty() || !canBeCopied(project, changed.keySet(), read)) {
            return Optional.empty();
        }
        var copies = new LinkedHashMap<String, byte[]>();
        changed.values().forEach(content -> copies.put(Integer.toString(copies.size()), content));
        try (var folder = cli.host().scratch(copies)) {
            return Optional.of(config(project, places(folder.path(), changed.keySet()), read));
        }
    }

    /** In the order in which they were put there. */
    private static Map<Path, Path> places(Path folder, Set<Path> changed) {
        var places = new HashMap<Path, Path>();
        for (Path file : changed) {
            places.put(file, folder.resolve(Integer.toString(places.size())));
        }
        return places;
    }

    /** The env files of the services; none where only compose files change. */
    private Map<String, List<String>> read(Project project, Set<Path> changed) {
        if (project.files().containsAll(changed)) {
            return Map.of();
        }
        var read = new LinkedHashMap<String, List<String>>();
        cli.raw(project).stream()
                .flatMap(raw -> raw.path("services").properties().stream())
                .forEach(service -> read.put(service.getKey(), envFiles(service.getValue())));
        return read;
    }

    private boolean canBeCopied(
            Project project, Set<Path> changed, Map<String, List<String>> read) {
        var known = new HashSet<>(project.files());
        known.addAll(files.envFiles(project));
        read.values().stream().flatMap(List::stream).map(Path::of).forEach(known::add);
        return known.containsAll(changed);
    }

    private ComposeCli.Config config(
            Project project, Map<Path, Path> copies, Map<String, List<String>> read) {
        Project changed = project.madeOf(replaced(project.files(), copies));
        List<Path> envFiles = files.envFiles(project);
        if (envFiles.stream().anyMatch(copies::containsKey)) {
            changed = changed.withEnvFiles(replaced(envFiles, copies));
        }
        String services = servicesThatRead(read, copies);
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
    private static String servicesThatRead(Map<String, List<String>> read, Map<Path, Path> copies) {
        var text = new StringBuilder();
        read.forEach((service, paths) -> {
            if (paths.stream().anyMatch(path -> copies.containsKey(Path.of(path)))) {
                text.append("  ").append(quoted(service)).append(":\n");
                text.append("    env_file: !override\n");
                for (String path : paths) {
                    Path now = copies.getOrDefault(Path.of(path), Path.of(path));
                    text.append("      - path: ").append(quoted(now.toString()));
                    text.append("\n        required: false\n");
                }
            }
        });
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''").replace("$", "$$") + "'";
    }

    /**
     * The env files that its variables come from: those whose path is no longer a matter of
     * variables.
     */
    private static List<String> envFiles(JsonNode service) {
        JsonNode files = service.path("env_file");
        return (files.isArray() ? files.valueStream() : Stream.of(files))
                .map(file -> file.isObject() ? file.path("path") : file)
                .map(path -> path.asString(""))
                .filter(path -> path.startsWith("/") && !path.contains("$"))
                .toList();
    }
}
