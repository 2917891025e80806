package backout.executor.compose;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.run.Findings;
import backout.run.Preflight;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Whether files of the project differ from what git has of them. */
final class GitLook implements Preflight.Look<Prospect> {
    private final Host host;
    private final ProjectFiles files;

    GitLook(Host host, ProjectFiles files) {
        this.host = host;
        this.files = files;
    }

    /**
     * A file that git knows and that differs from its commit: the edit will stand beside those
     * changes.
     */
    @Override
    public Findings at(Prospect prospect) {
        Project project = prospect.project();
        try {
            Differing differing = differing(project);
            return changed(differing.changed()).and(unknown(differing.unknown()));
        } catch (ProblemException unread) {
            return Findings.amber(
                    Phrase.of(
                            "it cannot be told whether git knows files of this project as changed:"
                                    + " {0}",
                            unread.problem().phrase()));
        }
    }

    private static Findings changed(List<String> names) {
        return names.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of("git knows files of this project as changed: {0}", names));
    }

    private static Findings unknown(List<String> names) {
        return names.isEmpty()
                ? Findings.fine()
                : Findings.amber(
                        Phrase.of(
                                "it cannot be told whether git knows {0} as changed: a filter"
                                        + " stands between the commit and the folder (git status"
                                        + " tells)",
                                names));
    }

    /** Files that git knows and that hold something else than its commit, by their names. */
    record Differing(List<String> changed, List<String> unknown) {}

    /** Those of the project. */
    Differing differing(Project project) {
        var git = GitObjects.around(host, project.directory());
        if (git.isEmpty()) {
            return new Differing(List.of(), List.of());
        }
        try (var objects = git.get()) {
            var others = new ArrayList<Path>();
            objects.entries(objects.head(), files.paths(project))
                    .forEach((path, entry) -> {
                        if (!objects.isContent(entry, files.read(path))) {
                            others.add(path);
                        }
                    });
            Set<Path> filtered = objects.filtered(others);
            return new Differing(
                    shown(others, path -> !filtered.contains(path), project),
                    shown(others, filtered::contains, project));
        }
    }

    private static List<String> shown(List<Path> paths, Predicate<Path> which, Project project) {
        return paths.stream()
                .filter(which)
                .map(path -> FileChange.shown(path, project.directory()).toString())
                .toList();
    }
}
