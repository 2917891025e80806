package backout.executor.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Command;
import backout.host.Host;
import backout.host.Output;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a git repository holds, asked without its configuration. Whoever may write that (a container
 * that mounts its project's folder may) names programs in it that git starts: {@code
 * core.fsmonitor}, filters, {@code gpg.program}. So git is given an empty git folder of our own and
 * of the repository nothing but the objects, which are data.
 */
final class GitObjects implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private final Host host;
    private final GitPlace place;
    private final String head;
    private final Host.ScratchFolder empty;

    private GitObjects(Host host, GitPlace place, String head, Host.ScratchFolder empty) {
        this.host = host;
        this.place = place;
        this.head = head;
        this.empty = empty;
    }

    /** A file as a commit has it. */
    record Entry(String mode, String hash) {
        boolean isFile() {
            return mode.startsWith("100");
        }
    }

    /**
     * Empty where the folder lies in no repository, or in one without a commit. To be closed.
     *
     * @throws ProblemException where there is one that cannot be read
     */
    static Optional<GitObjects> around(Host host, Path folder) {
        return GitPlace.around(host, folder)
                .flatMap(place ->
                        place.head()
                                .map(head ->
                                        new GitObjects(host, place, head, emptyGit(host, head))));
    }

    /** As {@code git init --bare} makes it, as far as git insists on it. */
    private static Host.ScratchFolder emptyGit(Host host, String head) {
        boolean sha256 = head.length() == 64;
        String config =
                "[core]\n\tbare = true\n\trepositoryformatversion = "
                        + (sha256 ? "1\n[extensions]\n\tobjectFormat = sha256\n" : "0\n");
        return host.scratch(
                Map.of(
                        "refs/",
                        new byte[0],
                        "objects/",
                        new byte[0],
                        "HEAD",
                        "ref: refs/heads/none\n".getBytes(UTF_8),
                        "config",
                        config.getBytes(UTF_8)));
    }

    /** The commit that is checked out. */
    String head() {
        return head;
    }

    /** The newest commits that changed one of these files, newest first. */
    List<String> commits(List<Path> files, int most) {
        var argv = git("--literal-pathspecs", "rev-list", "-n", Integer.toString(most), head, "--");
        place.names(files).values().forEach(argv::add);
        return argv.getLast().equals("--") ? List.of() : text(argv).lines().toList();
    }

    /** Those of these files that the commit has. */
    Map<Path, Entry> entries(String commit, List<Path> files) {
        Map<Path, String> names = place.names(files);
        if (names.isEmpty()) {
            return Map.of();
        }
        var argv = git("ls-tree", "-z", "--full-tree", place.hash(commit), "--");
        argv.addAll(names.values());
        var byName = new HashMap<String, Entry>();
        for (String line : text(argv).split("\0")) {
            int tab = line.indexOf('\t');
            String[] words = line.substring(0, Math.max(tab, 0)).split(" ");
            if (words.length == 3 && words[1].equals("blob")) {
                byName.put(line.substring(tab + 1), new Entry(words[0], place.hash(words[2])));
            }
        }
        var found = new LinkedHashMap<Path, Entry>();
        names.forEach((path, name) -> {
            Entry entry = byName.get(name);
            if (entry != null && entry.isFile()) {
                found.put(path, entry);
            }
        });
        return found;
    }

    /** The content of a file, as it was committed: no filter has a say. */
    byte[] content(Entry entry) {
        byte[] bytes = ask(git("cat-file", "blob", entry.hash())).bytes();
        if (!hash(bytes).equals(entry.hash())) {
            throw unreadable(
                    place.top().toString(),
                    Phrase.of("object {0} is not whole, or larger than is read", entry.hash()));
        }
        return bytes;
    }

    /** Whether these bytes are that file; also where a checkout wrote its lines in Windows' way. */
    boolean isContent(Entry entry, byte[] bytes) {
        return hash(bytes).equals(entry.hash()) || hash(unixLines(bytes)).equals(entry.hash());
    }

    private static byte[] unixLines(byte[] bytes) {
        return new String(bytes, ISO_8859_1).replace("\r\n", "\n").getBytes(ISO_8859_1);
    }

    /** What git calls these bytes. */
    private String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance(head.length() == 64 ? "SHA-256" : "SHA-1");
            digest.update(("blob " + bytes.length + "\0").getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private List<String> git(String... words) {
        var argv = new ArrayList<>(List.of("git", "--git-dir=" + empty.path(), "--no-pager"));
        argv.addAll(List.of(words));
        return argv;
    }

    private String text(List<String> argv) {
        return ask(argv).text();
    }

    private Output ask(List<String> argv) {
        var command = Command.of(WITHIN, argv).in(empty.path()).with(environment());
        Result.Exited exited = host.run(command).exited();
        if (!exited.isSuccess()) {
            throw unreadable(
                    place.top().toString(), Phrase.of("git ended with {0}", exited.exitCode()));
        }
        return exited.stdout();
    }

    private Map<String, String> environment() {
        var all = new HashMap<String, String>();
        all.put("GIT_OBJECT_DIRECTORY", place.objects().toString());
        all.put("GIT_CONFIG_NOSYSTEM", "1");
        all.put("GIT_CONFIG_GLOBAL", "/dev/null");
        all.put("GIT_CONFIG_COUNT", "0");
        all.put("GIT_ATTR_NOSYSTEM", "1");
        all.put("GIT_OPTIONAL_LOCKS", "0");
        all.put("GIT_NO_REPLACE_OBJECTS", "1");
        all.put("GIT_NO_LAZY_FETCH", "1");
        all.put("GIT_TERMINAL_PROMPT", "0");
        place.shallow().ifPresent(file -> all.put("GIT_SHALLOW_FILE", file.toString()));
        return all;
    }

    static ProblemException unreadable(String where, Phrase why) {
        return Problem.stop(
                Phrase.of("what git has there cannot be read: {0}", why),
                where,
                Phrase.of("look by hand: git status"));
    }

    @Override
    public void close() {
        empty.close();
    }
}
