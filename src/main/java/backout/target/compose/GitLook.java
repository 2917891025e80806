package backout.target.compose;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.ProblemException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether git knows files of the project as changed. */
final class GitLook implements Look {
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
        var argv = new ArrayList<>(List.of("git", "status", "--porcelain", "--"));
        files.paths(project).forEach(path -> argv.add(path.toString()));
        try {
            Result result =
                    host.run(
                            Command.of(Duration.ofSeconds(10), argv)
                                    .in(project.directory())
                                    .with(Map.of("GIT_OPTIONAL_LOCKS", "0")));
            if (result instanceof Result.Exited exited
                    && exited.isSuccess()
                    && !exited.stdout().text().isBlank()) {
                List<String> names = exited.stdout().text().lines().map(String::strip).toList();
                return Findings.amber(
                        Phrase.of("git knows files of this project as changed: {0}", names));
            }
            return Findings.fine();
        } catch (ProblemException noGit) {
            return Findings.fine();
        }
    }
}
