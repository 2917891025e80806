package backout.executor.source;

import backout.git.GitCommits;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Releases;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Releases that are commits: in a folder of their own, in a repository, or where one is fetched.
 */
record SourceReleases(Layout layout, Target target, Ledger ledger, Instant now)
        implements Releases {
    private static final Duration ASK_WITHIN = Duration.ofSeconds(20);

    /** The folder that holds this commit, ready to be served; empty where there is none. */
    Optional<Path> kept(String commit) {
        return layout.folders().stream()
                .filter(folder -> Layout.commit(layout.host(), folder).equals(Optional.of(commit)))
                .filter(folder -> new Packages(layout.host(), folder).areInstalled())
                .filter(folder -> new Uncommitted(layout.host(), folder).isClean())
                .findFirst();
    }

    @Override
    public Had again(Release release) {
        return new Had(release, release.id(), release.id(), isHere(release.id()));
    }

    /**
     * @throws ProblemException where it can be had from nowhere
     */
    private boolean isHere(String commit) {
        if (kept(commit).isPresent()) {
            return true;
        }
        try (GitCommits commits = layout.commits()) {
            if (commits.has(commit)) {
                return true;
            }
            requireFetchable(commits, commit);
            return false;
        }
    }

    private void requireFetchable(GitCommits commits, String commit) {
        List<String> urls = target.settings().texts("repositories");
        if (urls.isEmpty()) {
            throw gone(
                    Phrase.of(
                            "commit {0} is not in the repository here, and the target names none"
                                    + " to fetch it from",
                            Names.brief(commit)),
                    Phrase.of(
                            "add repositories: with its address to {0}, or name another release",
                            target.file()));
        }
        var told = new java.util.ArrayList<Phrase>();
        for (String url : urls) {
            Optional<Phrase> why = commits.fetchable(url, commit, ASK_WITHIN);
            if (why.isEmpty()) {
                return;
            }
            told.add(Phrase.of("{0}: {1}", url, why.get()));
        }
        throw gone(
                Phrase.of(
                        "commit {0} is not in the repository here, and cannot be fetched: {1}",
                        Names.brief(commit), Phrase.joined("; ", told)),
                Phrase.of("name another release, or push the commit again; nothing was touched"));
    }

    private ProblemException gone(Phrase what, Phrase next) {
        return Problem.stop(what, target.name().toString(), next);
    }

    @Override
    public Optional<Had> find(String text) {
        try (GitCommits commits = layout.commits()) {
            return commit(commits, text)
                    .map(commit ->
                            ledger.release(commit)
                                    .orElseGet(() ->
                                            Release.found(commit, commit, tag(text), "", now)))
                    .map(this::again);
        }
    }

    private static String tag(String text) {
        return GitCommits.isHash(text) ? "" : text;
    }

    private Optional<String> commit(GitCommits commits, String text) {
        if (GitCommits.isHash(text)) {
            return Optional.of(text);
        }
        Optional<String> named = commits.named(text).or(() -> folder(text));
        if (named.isEmpty() && commits.isBranch(text)) {
            throw gone(
                    Phrase.of("{0} is a branch: it means another commit tomorrow", text),
                    Phrase.of("name the commit, as git log {0} shows it", text));
        }
        return named;
    }

    /** As release folders are called by their date. */
    private Optional<String> folder(String name) {
        return layout.folders().stream()
                .filter(folder -> folder.getFileName().toString().equals(name))
                .flatMap(folder -> Layout.commit(layout.host(), folder).stream())
                .findFirst();
    }
}
