package backout.executor.source;

import backout.archive.BackupTask;
import backout.archive.Rooted;
import backout.archive.Source;
import backout.archive.Unsaved;
import backout.git.GitWork;
import backout.host.Host;
import backout.plan.Step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is saved of a release: what is not committed, and what it writes to. */
record SourceData(Host host) implements BackupTask.Content {
    /** For {@code git apply}, in a checkout of the commit that {@link #COMMIT} names. */
    private static final String PATCH = "uncommitted.patch";

    private static final String COMMIT = "commit.txt";

    private static Path current(Step step) {
        return Path.of(step.need("current"));
    }

    @Override
    public List<Source> files(Step step) {
        var all = new ArrayList<>(List.of(text(COMMIT, (step.from() + "\n"))));
        Optional<GitWork> work = GitWork.of(host, current(step));
        if (work.isPresent()) {
            try (GitWork found = work.get()) {
                if (!found.changed().isEmpty()) {
                    all.add(Source.of(PATCH, found.patch()));
                }
            }
        }
        all.addAll(lying(step));
        return all;
    }

    @Override
    public List<Source> lying(Step step) {
        Optional<GitWork> work = GitWork.of(host, current(step));
        if (work.isEmpty()) {
            return List.of();
        }
        try (GitWork found = work.get()) {
            var rooted = new Rooted(host, Path.of("/"));
            return found.untracked().stream()
                    .map(current(step)::resolve)
                    .map(Path::normalize)
                    .map(rooted::source)
                    .toList();
        }
    }

    @Override
    public List<String> typed(Step step) {
        var lines = new ArrayList<String>();
        lines.add("printf '%s\\n' " + step.from() + " > \"$saved/" + COMMIT + "\"");
        Optional<GitWork> work = GitWork.of(host, current(step));
        if (work.isPresent()) {
            try (GitWork found = work.get()) {
                lines.addAll(found.typed("\"$saved/" + PATCH + "\"", "stop \"$saved\""));
            }
        }
        return lines;
    }

    private static Source text(String name, String text) {
        return Source.of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<Source> data(Step step, Unsaved unsaved, Duration within) {
        return unsaved.has(Unsaved.DATA)
                ? List.of()
                : data(current(step), step.need("paths").lines().toList());
    }

    /** Those that are there, behind their links. */
    List<Source> data(Path release, List<String> names) {
        var rooted = new Rooted(host, Path.of("/"));
        return names.stream()
                .map(name -> release.resolve(name).normalize())
                .flatMap(path -> host.real(path).stream())
                .distinct()
                .map(rooted::source)
                .toList();
    }
}
