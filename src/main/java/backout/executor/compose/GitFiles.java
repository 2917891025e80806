package backout.executor.compose;

import backout.docker.ImageName;
import backout.executor.compose.file.ComposeFiles;
import backout.executor.compose.file.SourceFile;
import backout.git.GitObjects;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Release;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A project's files at an earlier commit, where the project lies in git. Reads only. */
final class GitFiles {
    private static final int COMMITS = 50;

    private final Host host;
    private final ProjectFiles files;

    GitFiles(Host host, ProjectFiles files) {
        this.host = host;
        this.files = files;
    }

    /** The newest commit whose files run this release's image. */
    String commitOf(Project project, Release release) {
        try (var git =
                GitObjects.around(host, project.directory())
                        .orElseThrow(() -> nowhere(project, release))) {
            mustBePlain(git, git.head(), project);
            return git.commits(files.paths(project), COMMITS).stream()
                    .filter(commit -> runs(git, project, commit, release))
                    .findFirst()
                    .orElseThrow(() -> nowhere(project, release));
        }
    }

    private static ProblemException nowhere(Project project, Release release) {
        return Problem.stop(
                Phrase.of(
                        "the files of release {0} were neither kept nor are"
                                + " they in the last {1} commits of git",
                        release.name(), COMMITS),
                project.directory().toString(),
                Phrase.of("leave out: with its files"));
    }

    private boolean runs(GitObjects git, Project project, String commit, Release release) {
        try {
            Map<Path, byte[]> then = files(git, project, commit);
            var compose =
                    new ComposeFiles(
                            project.files().stream().map(path -> source(path, then)).toList(),
                            project.directory(),
                            project.name(),
                            files.shell(project),
                            files.envFiles(project).stream()
                                    .map(path -> source(path, then))
                                    .toList(),
                            path ->
                                    Optional.ofNullable(then.get(path))
                                            .or(() -> host.read(path, ProjectFiles.MAX_BYTES)));
            String image = compose.images().getOrDefault(project.service(), "");
            return !image.isEmpty()
                    && isSame(ImageName.parse(image), ImageName.parse(release.source()));
        } catch (ProblemException | IllegalArgumentException unreadable) {
            // A commit whose files cannot be understood is not the one that is looked for
            return false;
        }
    }

    private static boolean isSame(ImageName file, ImageName release) {
        boolean sameDigest = file.digest() != null && file.digest().equals(release.digest());
        boolean sameTag = file.tag() != null && file.tag().equals(release.tag());
        return file.sameRepository(release) && (sameDigest || sameTag);
    }

    private SourceFile source(Path path, Map<Path, byte[]> then) {
        return new SourceFile(path, then.getOrDefault(path, files.read(path)));
    }

    /** Those of the project's files that git has at this commit. */
    Map<Path, byte[]> files(Project project, String commit) {
        try (var git =
                GitObjects.around(host, project.directory())
                        .orElseThrow(() ->
                                GitObjects.unreadable(
                                        project.directory().toString(),
                                        Phrase.of("its repository is gone")))) {
            mustBePlain(git, commit, project);
            return files(git, project, commit);
        }
    }

    /** What was committed through a filter is not what belongs into the folder. */
    private void mustBePlain(GitObjects git, String commit, Project project) {
        Set<Path> filtered = git.filtered(git.entries(commit, files.paths(project)).keySet());
        if (!filtered.isEmpty()) {
            throw Problem.stop(
                    Phrase.of(
                            "a filter of git stands between the commits and {0}, so what it was"
                                    + " then is not known here",
                            filtered),
                    project.directory().toString(),
                    Phrase.of("leave out: with its files"));
        }
    }

    private Map<Path, byte[]> files(GitObjects git, Project project, String commit) {
        var found = new LinkedHashMap<Path, byte[]>();
        git.entries(commit, files.paths(project))
                .forEach((path, entry) -> found.put(path, git.content(entry)));
        return found;
    }
}
