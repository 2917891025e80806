package backout.executor.source;

import backout.git.GitCommits;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the releases of a target lie, and which of them is served.
 *
 * @param link what leads to the one that is served; in place, the checkout itself
 * @param base holds {@code releases}, and what the bot keeps there
 * @param current the folder that is served, without links
 * @param isInPlace a checkout that nobody has turned into releases yet
 */
record Layout(Host host, Path link, Path base, Path current, boolean isInPlace) {
    /** Says which commit an exported release folder holds, as Capistrano and Deployer write it. */
    static final String REVISION = "REVISION";

    private static final int SMALL = 4096;

    /**
     * @throws ProblemException when there is no such folder, or nothing that is known lies in it
     */
    static Layout of(Host host, Target target) {
        Path named = folder(target);
        Path folder =
                real(host, target, named.resolveSibling(".").normalize())
                        .resolve(named.getFileName());
        Path current = folder.resolve("current");
        if (isLink(host, current)) {
            return new Layout(host, current, folder, real(host, target, current), false);
        }
        Path beside = folder.resolveSibling(folder.getFileName() + ".backout");
        Path real = real(host, target, folder);
        if (isLink(host, folder)) {
            return new Layout(host, folder, beside, real, false);
        }
        if (commit(host, folder).isEmpty()) {
            throw Problem.stop(
                    Phrase.of("{0} is neither a git checkout nor a folder with current", folder),
                    target.file(),
                    Phrase.of(
                            "name the folder that holds current and releases, or the checkout that"
                                    + " the service runs in"));
        }
        return new Layout(host, folder, beside, real, true);
    }

    /** As a step carries it. */
    static Layout of(Host host, Step step) {
        return new Layout(
                host,
                Path.of(step.need("link")),
                Path.of(step.need("base")),
                Path.of(step.need("current")),
                step.need("in-place").equals("yes"));
    }

    Map<String, String> with() {
        return Map.of(
                "link", link.toString(),
                "base", base.toString(),
                "current", current.toString(),
                "in-place", isInPlace ? "yes" : "no");
    }

    static Path folder(Target target) {
        String text = target.settings().text("folder");
        if (!text.startsWith("/") || text.indexOf('\n') >= 0 || text.matches("/+")) {
            throw Problem.stop(
                    Phrase.of("{0} is no absolute path of a folder", text),
                    target.file(),
                    Phrase.of("write it from / on: folder: /srv/app"));
        }
        return Path.of(text).normalize();
    }

    private static Path real(Host host, Target target, Path path) {
        return host.real(path)
                .filter(host::isFolder)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("{0} leads to no folder", path),
                                target.name().toString(),
                                Phrase.of(
                                        "look what became of it on {0}, then ask again",
                                        host.name())));
    }

    static boolean isLink(Host host, Path path) {
        Path folder = path.resolveSibling(".").normalize();
        return host.isFolder(folder)
                && host.list(folder).stream()
                        .filter(entry -> entry.name().equals(path.getFileName().toString()))
                        .anyMatch(entry -> entry.kind() == Host.Kind.LINK);
    }

    Path releases() {
        return base.resolve("releases");
    }

    /** What the bot itself keeps there. */
    Path room() {
        return base.resolve(".backout");
    }

    /** Objects of commits that were fetched. */
    Path objects() {
        return room().resolve("objects");
    }

    /** Where a checkout that ran in place lies once it is a release among others. */
    Path adopted() {
        return releases().resolve("0-adopted");
    }

    /** Where what lies in a release that is served lies while another one is. */
    Path after(Path path) {
        return isInPlace && path.startsWith(current)
                ? adopted().resolve(current.relativize(path))
                : path;
    }

    /** Which commit is served. */
    String commit() {
        return commit(host, current)
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of(
                                        "nobody knows which commit {0} holds", host.place(current)),
                                Phrase.of(
                                        "write its full hash into a file {0} there, or let it be a"
                                                + " git checkout",
                                        REVISION)));
    }

    /** Of a folder that is a release, as far as it says. */
    static Optional<String> commit(Host host, Path folder) {
        return host.read(folder.resolve(REVISION), SMALL)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(GitCommits::isHash)
                .or(() -> GitCommits.head(host, folder));
    }

    /** Folders that may be releases; the guide's backup folder beside a checkout is one too. */
    List<Path> folders() {
        var all = new ArrayList<>(in(releases(), ""));
        if (!link.getFileName().toString().equals("current")) {
            Path beside = link.resolveSibling(".").normalize();
            all.addAll(in(beside, link.getFileName().toString()));
            all.remove(base);
        }
        return all;
    }

    private List<Path> in(Path folder, String name) {
        return host.isFolder(folder)
                ? host.list(folder).stream()
                        .filter(entry -> entry.kind() == Host.Kind.FOLDER)
                        .filter(entry -> entry.name().startsWith(name))
                        .map(entry -> folder.resolve(entry.name()))
                        .filter(path -> !path.equals(current))
                        .toList()
                : List.of();
    }

    /** Those that may hold objects of git. */
    List<Path> repositories() {
        var all = new ArrayList<>(List.of(current, base, base.resolve("repo")));
        all.add(base.resolve("source"));
        all.add(adopted());
        all.addAll(folders());
        return all.stream().distinct().toList();
    }

    /** Its commits; to be closed. */
    GitCommits commits() {
        return GitCommits.of(host, repositories(), objects());
    }
}
