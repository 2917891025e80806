package backout.target.compose;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.plan.Release;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.target.compose.file.ComposeFiles;
import backout.target.compose.file.ImageName;
import backout.target.compose.file.SourceFile;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project's files at an earlier commit, where the project lies in git. Reads only. */
final class GitFiles {
    private static final int COMMITS = 50;
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Host host;
    private final ProjectFiles files;

    GitFiles(Host host, ProjectFiles files) {
        this.host = host;
        this.files = files;
    }

    /** The newest commit whose files run this release's image. */
    String commitOf(Project project, Release release) {
        var argv =
                new ArrayList<>(
                        List.of(
                                "git",
                                "log",
                                "--format=%H",
                                "-n",
                                Integer.toString(COMMITS),
                                "--"));
        files.paths(project).forEach(path -> argv.add(path.toString()));
        Optional<String> log = run(project, argv);
        return log.stream()
                .flatMap(String::lines)
                .filter(commit -> runs(project, commit, release))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                new Problem(
                                        Phrase.of(
                                                "the files of release {0} were neither kept nor are"
                                                        + " they in the last {1} commits of git",
                                                release.name(), COMMITS),
                                        project.directory().toString(),
                                        Phrase.of("leave out: with its files"))));
    }

    private boolean runs(Project project, String commit, Release release) {
        try {
            Map<Path, byte[]> then = files(project, commit);
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
                    && isSame(ImageName.parse(image), ImageName.parse(release.image()));
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
        var found = new LinkedHashMap<Path, byte[]>();
        for (Path path : files.paths(project)) {
            String name =
                    path.getParent() == null
                            ? path.toString()
                            : "./" + project.directory().relativize(path);
            Result result = host.run(command(project, List.of("git", "show", commit + ":" + name)));
            if (result instanceof Result.Exited exited && exited.isSuccess()) {
                found.put(path, exited.stdout().bytes());
            }
        }
        return found;
    }

    private Optional<String> run(Project project, List<String> argv) {
        Result result = host.run(command(project, argv));
        return result instanceof Result.Exited exited && exited.isSuccess()
                ? Optional.of(exited.stdout().text())
                : Optional.empty();
    }

    private static Command command(Project project, List<String> argv) {
        return Command.of(WITHIN, argv)
                .in(project.directory())
                .with(Map.of("GIT_OPTIONAL_LOCKS", "0"));
    }
}
