package backout.git;

import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The commits that lie in some repositories of a machine, and folders that are made of them. Of
 * those repositories it takes objects, tags and branches, which are data, and obeys nothing.
 */
public final class GitCommits implements AutoCloseable {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern SHORT = Pattern.compile("[0-9a-f]{7,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@+-]*");
    private static final Duration MOST = Duration.ofMinutes(10);

    private final Host host;
    private final List<GitPlace> places;
    private final EmptyGit git;

    private GitCommits(Host host, List<GitPlace> places, EmptyGit git) {
        this.host = host;
        this.places = places;
        this.git = git;
    }

    /**
     * To be closed.
     *
     * @param folders checkouts and bare repositories; those that are none are left out
     * @param own where objects are kept that are fetched; where there is no such folder, what is
     *     fetched is gone with this
     */
    public static GitCommits of(Host host, List<Path> folders, Path own) {
        List<GitPlace> places =
                folders.stream().flatMap(folder -> GitPlace.at(host, folder).stream()).toList();
        var variables = new LinkedHashMap<String, String>();
        if (host.isFolder(own)) {
            variables.put("GIT_OBJECT_DIRECTORY", own.toString());
        }
        variables.put(
                "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                places.stream()
                        .map(place -> quoted(place.objects()))
                        .distinct()
                        .collect(Collectors.joining(":")));
        variables.put("GIT_ALLOW_PROTOCOL", "https:http:ssh:git:file");
        variables.put("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
        variables.put("LC_ALL", "C");
        String hash =
                places.stream().flatMap(place -> place.head().stream()).findFirst().orElse("");
        return new GitCommits(
                host, places, EmptyGit.of(host, hash, Map.of(), variables, own.toString()));
    }

    /** As git reads a list of folders. */
    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The commit that a folder has checked out; empty where it is no checkout of its own. */
    public static Optional<String> head(Host host, Path folder) {
        return GitPlace.at(host, folder).flatMap(GitPlace::head);
    }

    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    public boolean isEmpty() {
        return places.isEmpty();
    }

    /** Whether that commit is here with all that it consists of, not only its name. */
    public boolean has(String commit) {
        return git.run(
                        EmptyGit.WITHIN,
                        git.path(),
                        List.of("rev-parse", "--quiet", "--verify", commit + "^{tree}"))
                .isSuccess();
    }

    /**
     * The commit that is meant by the beginning of its hash, or by a tag, which is looked up now
     * and never again.
     */
    public Optional<String> named(String text) {
        Optional<String> hash = SHORT.matcher(text).matches() ? commit(text) : Optional.empty();
        return hash.or(() -> ref("refs/tags/" + text).flatMap(this::commit));
    }

    /** A name that means another commit tomorrow. */
    public boolean isBranch(String text) {
        return ref("refs/heads/" + text)
                .or(() -> ref("refs/remotes/" + text))
                .or(() -> ref("refs/remotes/origin/" + text))
                .isPresent();
    }

    private Optional<String> ref(String name) {
        return !NAME.matcher(name).matches() || name.contains("..")
                ? Optional.empty()
                : places.stream().flatMap(place -> place.ref(name).stream()).findFirst();
    }

    private Optional<String> commit(String text) {
        Result.Exited told =
                git.run(
                        EmptyGit.WITHIN,
                        git.path(),
                        List.of("rev-parse", "--quiet", "--verify", text + "^{commit}"));
        return Optional.of(told.stdout().text().strip())
                .filter(hash -> told.isSuccess() && isHash(hash));
    }

    /** What that commit says of itself, on one line. */
    public String subject(String commit) {
        return git.ask(List.of("show", "--no-patch", "--format=%s", commit)).text().strip();
    }

    /** What a release folder made of that commit would lack. */
    public List<Phrase> lacking(String commit) {
        var lacking = new ArrayList<Phrase>();
        List<String[]> entries = entries(commit);
        List<String> modules =
                entries.stream().filter(one -> one[0].equals("160000")).map(one -> one[3]).toList();
        if (!modules.isEmpty()) {
            lacking.add(Phrase.of("its submodules: {0}", Phrase.list(modules)));
        }
        boolean large =
                entries.stream()
                        .filter(one -> one[3].endsWith(".gitattributes"))
                        .map(one -> git.ask(List.of("cat-file", "blob", one[2])).text())
                        .anyMatch(text -> text.contains("filter=lfs"));
        if (large) {
            lacking.add(Phrase.of("the files that Git LFS keeps elsewhere"));
        }
        return lacking;
    }

    /** Mode, kind, hash, path. */
    private List<String[]> entries(String commit) {
        return Arrays.stream(
                        git.ask(List.of("ls-tree", "-r", "-z", "--full-tree", commit))
                                .text()
                                .split("\0"))
                .map(line -> line.split("[ \t]", 4))
                .filter(words -> words.length == 4)
                .toList();
    }

    public boolean tracks(String commit, String path) {
        return !git.ask(
                        List.of(
                                "--literal-pathspecs",
                                "ls-tree",
                                "--full-tree",
                                commit,
                                "--",
                                path))
                .text()
                .isEmpty();
    }

    /** The content of one of its files; empty where it has none such. */
    public Optional<String> text(String commit, String path) {
        return tracks(commit, path)
                ? Optional.of(git.ask(List.of("cat-file", "blob", commit + ":" + path)).text())
                : Optional.empty();
    }

    /**
     * Writes all files of that commit into a folder that is there and empty.
     *
     * @throws ProblemException when they are not all there
     */
    public void export(String commit, Path into, String tag, Duration within) {
        Command write =
                git.command(
                                within.compareTo(MOST) < 0 ? within : MOST,
                                List.of(
                                        "--work-tree=" + into,
                                        "read-tree",
                                        "--reset",
                                        "-u",
                                        commit))
                        .in(into)
                        .partOf(tag);
        Result.Exited told = host.run(write).exited();
        if (!told.isSuccess()) {
            throw Problem.stop(
                    Phrase.of(
                            "commit {0} could not be written: {1}",
                            commit.substring(0, 12), said(told)),
                    host.place(into),
                    Phrase.of("nothing that serves was touched; look at the disk, then ask again"));
        }
    }

    /**
     * Fetches that one commit, from no other address.
     *
     * @return why it did not come; empty when it is here
     */
    public Optional<Phrase> fetch(String url, String commit, String tag, Duration within) {
        Result.Exited told = fetched(List.of("--depth=1"), url, commit, tag, within);
        return told.isSuccess() && has(commit) ? Optional.empty() : Optional.of(said(told));
    }

    /**
     * Whether it could be fetched: asks for the commit without what is in it.
     *
     * @return why not; empty when it could
     */
    public Optional<Phrase> fetchable(String url, String commit, Duration within) {
        Result.Exited told =
                fetched(List.of("--depth=1", "--filter=tree:0"), url, commit, "look", within);
        return told.isSuccess() ? Optional.empty() : Optional.of(said(told));
    }

    private Result.Exited fetched(
            List<String> how, String url, String commit, String tag, Duration within) {
        var words = new ArrayList<>(List.of("fetch", "--quiet", "--no-tags", "--no-auto-gc"));
        words.add("--no-recurse-submodules");
        words.addAll(how);
        words.addAll(List.of("--", url, commit));
        return host.run(git.command(within, words).partOf(tag)).exited();
    }

    private static Phrase said(Result.Exited told) {
        List<String> lines = told.stderr().text().lines().toList();
        return lines.isEmpty()
                ? Phrase.of("git ended with {0}", told.exitCode())
                : Phrase.verbatim(lines.getLast());
    }

    @Override
    public void close() {
        git.close();
    }
}
