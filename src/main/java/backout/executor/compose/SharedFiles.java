package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds other projects on this engine that are made from a file which a plan changes. */
final class SharedFiles {
    private final Engine engine;
    private final Discovery discovery;
    private final ProjectFiles files;

    SharedFiles(Engine engine, Discovery discovery, ProjectFiles files) {
        this.engine = engine;
        this.discovery = discovery;
        this.files = files;
    }

    /** A sentence for each such project, by name. */
    List<Phrase> warnings(Project own, FileChange change) {
        if (change.isNothing()) {
            return List.of();
        }
        Set<Path> changed = normal(change.files().keySet());
        return others(own.name()).entrySet().stream()
                .filter(other -> shares(other.getValue(), changed))
                .map(Map.Entry::getKey)
                .map(name ->
                        Phrase.of(
                                "project {0} is made from the same file: its next docker compose up"
                                        + " follows this change too",
                                name))
                .toList();
    }

    private Map<String, ContainerSummary> others(String own) {
        var others = new TreeMap<String, ContainerSummary>();
        for (ContainerSummary container : engine.containers(Map.of())) {
            String project = container.labels().getOrDefault(Discovery.PROJECT, "");
            if (!project.isEmpty() && !project.equals(own)) {
                others.putIfAbsent(project, container);
            }
        }
        return others;
    }

    private boolean shares(ContainerSummary container, Set<Path> changed) {
        try {
            var paths = new HashSet<>(files.load(discovery.project(container)).paths());
            paths.retainAll(changed);
            return !paths.isEmpty();
        } catch (ProblemException _) {
            // Compose cannot read its files either: no up of it follows anything
            return false;
        }
    }

    private static Set<Path> normal(Set<Path> paths) {
        var normal = new HashSet<Path>();
        paths.forEach(path -> normal.add(path.toAbsolutePath().normalize()));
        return normal;
    }
}
