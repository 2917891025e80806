package backout.executor.source;

import backout.git.GitWork;
import backout.host.Host;
import backout.language.Phrase;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What somebody wrote into a release and did not commit. */
record Uncommitted(Host host, Path folder) {
    private static final int MOST = 5;

    /** What every build makes again. */
    private static final Set<String> MADE = Set.of("node_modules/");

    /** What an install rewrites that does not keep to it. */
    private static final Set<String> LOCKS =
            Set.of("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml");

    /** Whether it holds its commit and nothing else; a folder without git is taken at its word. */
    boolean isClean() {
        Optional<GitWork> work = GitWork.of(host, folder);
        if (work.isEmpty()) {
            return true;
        }
        try (GitWork found = work.get()) {
            return found.changed().isEmpty();
        }
    }

    List<Phrase> told(List<String> carried) {
        Optional<GitWork> work = GitWork.of(host, folder);
        if (work.isEmpty()) {
            return List.of();
        }
        try (GitWork found = work.get()) {
            var told = new ArrayList<Phrase>();
            List<String> open = new ArrayList<>(found.changed());
            open.addAll(found.untracked());
            if (!open.isEmpty() && LOCKS.containsAll(open)) {
                told.add(
                        Phrase.of(
                                "an install here rewrote {0}, and nothing else is not committed: it"
                                        + " stays where it is, and is in the backup as a patch",
                                listed(open)));
            } else if (!open.isEmpty()) {
                told.add(
                        Phrase.of(
                                "not committed, and not in the release that is gone back to: {0}."
                                    + " It stays where it is, and is in the backup with a patch",
                                listed(open)));
            }
            List<String> left =
                    found.ignored().stream()
                            .filter(name -> !MADE.contains(name))
                            .filter(name -> carried.stream().noneMatch(it -> isIn(name, it)))
                            .toList();
            if (!left.isEmpty()) {
                told.add(
                        Phrase.of(
                                "git ignores it and nothing carries it over to the release: {0};"
                                        + " what of it the service needs belongs below carry",
                                listed(left)));
            }
            return told;
        }
    }

    private static boolean isIn(String name, String carried) {
        return name.replaceFirst("/$", "").equals(carried) || name.startsWith(carried + "/");
    }

    private static Phrase listed(List<String> names) {
        return names.size() <= MOST
                ? Phrase.list(names)
                : Phrase.of(
                        "{0} and {1} more",
                        Phrase.list(names.subList(0, MOST)), names.size() - MOST);
    }
}
