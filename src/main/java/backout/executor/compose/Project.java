package backout.executor.compose;

import backout.plan.Step;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compose project as the labels of its running container name it, and the one service in it that
 * is rolled back.
 *
 * @param files those of {@code -f}, in order
 * @param envFiles those of {@code --env-file}, in order; empty where none was named
 * @param profiles those that the running services need
 * @param isCompatible whether its containers are called with underscores, as {@code
 *     --compatibility} has it
 */
record Project(
        String name,
        String service,
        Path directory,
        List<Path> files,
        List<Path> envFiles,
        List<String> profiles,
        boolean isCompatible) {
    Project {
        files = List.copyOf(files);
        envFiles = List.copyOf(envFiles);
        profiles = List.copyOf(profiles);
    }

    Project(
            String name,
            String service,
            Path directory,
            List<Path> files,
            List<Path> envFiles,
            List<String> profiles) {
        this(name, service, directory, files, envFiles, profiles, false);
    }

    /** As a step carries it. */
    Map<String, String> with(Map<String, String> more) {
        var with = new LinkedHashMap<>(more);
        with.put("project", name);
        with.put("service", service);
        with.put("directory", directory.toString());
        with.put("files", lines(files));
        with.put("env-files", lines(envFiles));
        with.put("profiles", String.join("\n", profiles));
        if (isCompatible) {
            with.put("compatible", "true");
        }
        return with;
    }

    static Project of(Step step) {
        return new Project(
                step.need("project"),
                step.need("service"),
                Path.of(step.need("directory")),
                paths(step.need("files")),
                paths(step.need("env-files")),
                step.need("profiles").lines().toList(),
                step.with().containsKey("compatible"));
    }

    static String lines(List<Path> paths) {
        return String.join("\n", paths.stream().map(Path::toString).toList());
    }

    static List<Path> paths(String lines) {
        return lines.lines().map(Path::of).toList();
    }

    /** The same project about another service of it. */
    Project about(String other) {
        return new Project(name, other, directory, files, envFiles, profiles, isCompatible);
    }

    /** The same project made of other files. */
    Project madeOf(List<Path> others) {
        return new Project(name, service, directory, others, envFiles, profiles, isCompatible);
    }

    Project withEnvFiles(List<Path> others) {
        return new Project(name, service, directory, files, others, profiles, isCompatible);
    }

    Project withProfiles(List<String> running) {
        return new Project(name, service, directory, files, envFiles, running, isCompatible);
    }
}
