package backout.executor.compose;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;

/** Whether files of the project differ from what git has of them. */
final class GitLook implements Preflight.Look {
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
            List<String> names = changed(project);
            return names.isEmpty()
                    ? Findings.fine()
                    : Findings.amber(
                            Phrase.of("git knows files of this project as changed: {0}", names));
        } catch (ProblemException unread) {
            return Findings.amber(
                    Phrase.of(
                            "it cannot be told whether git knows files of this project as changed:"
                                    + " {0}",
                            unread.problem().phrase()));
        }
    }

    /** Those of the project's files that git knows and that differ from its commit. */
    List<String> changed(Project project) {
        var git = GitObjects.around(host, project.directory());
        if (git.isEmpty()) {
            return List.of();
        }
        var names = new ArrayList<String>();
        try (var objects = git.get()) {
            objects.entries(objects.head(), files.paths(project))
                    .forEach((path, entry) -> {
                        if (!objects.isContent(entry, files.read(path))) {
                            names.add(FileChange.shown(path, project.directory()).toString());
                        }
                    });
        }
        return names;
    }
}
