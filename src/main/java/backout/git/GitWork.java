package backout.git;

import backout.host.Host;
import backout.host.Result;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lies in a checkout and in no commit, found without its index and its configuration: nothing
 * of the repository is written, and no filter or hook of it runs.
 */
public final class GitWork implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final int SMALL = 1 << 20;

    private final GitPlace place;
    private final EmptyGit git;

    private GitWork(GitPlace place, EmptyGit git) {
        this.place = place;
        this.git = git;
    }

    /** Empty where the folder is no checkout. To be closed. */
    public static Optional<GitWork> of(Host host, Path folder) {
        return GitPlace.at(host, folder)
                .filter(place -> !place.top().equals(place.own()))
                .flatMap(place -> place.head().map(head -> of(host, place, head)));
    }

    private static GitWork of(Host host, GitPlace place, String head) {
        var files = new HashMap<String, byte[]>();
        host.read(place.attributes(), SMALL).ifPresent(it -> files.put("info/attributes", it));
        host.read(place.attributes().resolveSibling("exclude"), SMALL)
                .ifPresent(it -> files.put("info/exclude", it));
        var variables = Map.of("GIT_OBJECT_DIRECTORY", place.objects().toString());
        var work =
                new GitWork(
                        place, EmptyGit.of(host, head, files, variables, place.top().toString()));
        work.git.ask(List.of("read-tree", head));
        // ends with 1 where something differs: that is what is asked for next
        var _ = work.run("update-index", "-q", "--refresh");
        return work;
    }

    private Result.Exited run(String... words) {
        var all = new java.util.ArrayList<>(List.of("--work-tree=" + place.top()));
        all.addAll(List.of(words));
        return git.run(WITHIN, place.top(), all);
    }

    private List<String> names(String... words) {
        Result.Exited told = run(words);
        if (!told.isSuccess()) {
            throw GitObjects.unreadable(
                    place.top().toString(),
                    backout.language.Phrase.of("git ended with {0}", told.exitCode()));
        }
        return Arrays.stream(told.stdout().text().split("\0"))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Committed files that are others now, or gone. */
    public List<String> changed() {
        return names("diff-files", "--name-only", "-z", "--ignore-submodules=all");
    }

    /** What git was never given and does not ignore; a folder of it ends in a slash. */
    public List<String> untracked() {
        return names("ls-files", "--others", "--exclude-standard", "--directory", "-z");
    }

    /** What git ignores, at the top; a folder ends in a slash. */
    public List<String> ignored() {
        return names(
                "ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z");
    }

    /** As {@code git apply} takes it. */
    public byte[] patch() {
        return run("diff-files", "--patch", "--binary", "--ignore-submodules=all").stdout().bytes();
    }

    @Override
    public void close() {
        git.close();
    }
}
