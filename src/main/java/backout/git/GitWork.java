package backout.git;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

    private static final List<String> PATCH =
            List.of(
                    "diff-files",
                    "--patch",
                    "--binary",
                    "--no-ext-diff",
                    "--ignore-submodules=all");

    private static final String NOTHING_FOREIGN =
            "# a git folder of our own: what the checkout configures is not obeyed";

    private final GitPlace place;
    private final String head;
    private final EmptyGit git;

    private GitWork(GitPlace place, String head, EmptyGit git) {
        this.place = place;
        this.head = head;
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
        var work =
                new GitWork(
                        place,
                        head,
                        EmptyGit.of(host, head, files, objects(place), place.top().toString()));
        work.git.ask(List.of("read-tree", head));
        // ends with 1 where something differs: that is what is asked for next
        var _ = work.run("update-index", "-q", "--refresh");
        return work;
    }

    private static Map<String, String> objects(GitPlace place) {
        return Map.of("GIT_OBJECT_DIRECTORY", place.objects().toString());
    }

    private Result.Exited run(String... words) {
        var all = new ArrayList<>(List.of("--work-tree=" + place.top()));
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
        return run(PATCH.toArray(String[]::new)).stdout().bytes();
    }

    /**
     * Lines of a shell that write the patch into a file, and as little as this class start anything
     * that the checkout names.
     *
     * @param file as the shell reads it, with its quotes
     * @param otherwise what the shell does where it cannot
     */
    public List<String> typed(String file, String otherwise) {
        var lines = new ArrayList<>(List.of(NOTHING_FOREIGN));
        lines.addAll(EmptyGit.typed(head, objects(place)));
        String attributes = Command.typed(List.of(place.attributes().toString()));
        lines.add("[ ! -f " + attributes + " ] || cp " + attributes + " \"$git/info/attributes\"");
        lines.add("{ own read-tree " + head + " && {");
        String own = "own " + Command.typed(List.of("--work-tree=" + place.top())) + " ";
        lines.add(own + "update-index -q --refresh > /dev/null");
        lines.add(own + Command.typed(PATCH) + " > " + file + "; }; } || " + otherwise);
        lines.add("rm -rf \"$git\"");
        return lines;
    }

    @Override
    public void close() {
        git.close();
    }
}
