package backout.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a git repository holds, asked without its configuration. Whoever may write that (a container
 * that mounts its project's folder may) names programs in it that git starts: {@code
 * core.fsmonitor}, filters, {@code gpg.program}. So git is given an empty git folder of our own and
 * of the repository nothing but the objects, which are data.
 */
public final class GitObjects implements AutoCloseable {
    private static final int ATTRIBUTES = 1 << 20;
    private static final Set<String> NO_ATTRIBUTE = Set.of("unspecified", "unset");

    private final Host host;
    private final GitPlace place;
    private final String head;
    private final EmptyGit empty;

    private GitObjects(Host host, GitPlace place, String head, EmptyGit empty) {
        this.host = host;
        this.place = place;
        this.head = head;
        this.empty = empty;
    }

    /** A file as a commit has it. */
    public record Entry(String mode, String hash) {
        boolean isFile() {
            return mode.startsWith("100");
        }
    }

    /**
     * Empty where the folder lies in no repository, or in one without a commit. To be closed.
     *
     * @throws ProblemException where there is one that cannot be read
     */
    public static Optional<GitObjects> around(Host host, Path folder) {
        return GitPlace.around(host, folder)
                .flatMap(place ->
                        place.head()
                                .map(head ->
                                        new GitObjects(
                                                host,
                                                place,
                                                head,
                                                emptyGit(host, place, head, Map.of()))));
    }

    private static EmptyGit emptyGit(
            Host host, GitPlace place, String head, Map<String, byte[]> more) {
        var variables = new HashMap<String, String>();
        variables.put("GIT_OBJECT_DIRECTORY", place.objects().toString());
        place.shallow().ifPresent(file -> variables.put("GIT_SHALLOW_FILE", file.toString()));
        return EmptyGit.of(host, head, more, variables, place.top().toString());
    }

    /** The commit that is checked out. */
    public String head() {
        return head;
    }

    /** The newest commits that changed one of these files, newest first. */
    public List<String> commits(List<Path> files, int most) {
        var argv =
                words("--literal-pathspecs", "rev-list", "-n", Integer.toString(most), head, "--");
        place.names(files).values().forEach(argv::add);
        return argv.getLast().equals("--") ? List.of() : text(argv).lines().toList();
    }

    /** Those of these files that the commit has. */
    public Map<Path, Entry> entries(String commit, List<Path> files) {
        Map<Path, String> names = place.names(files);
        if (names.isEmpty()) {
            return Map.of();
        }
        var argv = words("ls-tree", "-z", "--full-tree", place.hash(commit), "--");
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
    public byte[] content(Entry entry) {
        byte[] bytes = empty.ask(words("cat-file", "blob", entry.hash())).bytes();
        if (!hash(bytes).equals(entry.hash())) {
            throw unreadable(
                    place.top().toString(),
                    Phrase.of("object {0} is not whole, or larger than is read", entry.hash()));
        }
        return bytes;
    }

    /** Whether these bytes are that file; also where a checkout wrote its lines in Windows' way. */
    public boolean isContent(Entry entry, byte[] bytes) {
        return hash(bytes).equals(entry.hash()) || hash(unixLines(bytes)).equals(entry.hash());
    }

    /**
     * Those of these files whose committed bytes are others than those in the folder though nobody
     * changed them: a filter such as git-crypt, an encoding or {@code $Id$} stands between. Git
     * reads the attributes and starts nothing.
     */
    public Set<Path> filtered(Collection<Path> files) {
        Map<Path, String> names = place.names(List.copyOf(files));
        if (names.isEmpty()) {
            return Set.of();
        }
        requireNoPipes(names.values());
        String[] words = attributes(names.values()).split("\0");
        var filtered = new HashSet<String>();
        for (int at = 0; at + 2 < words.length; at += 3) {
            if (!NO_ATTRIBUTE.contains(words[at + 2])) {
                filtered.add(words[at]);
            }
        }
        names.values().removeIf(name -> !filtered.contains(name));
        return names.keySet();
    }

    /** In NUL-ended words: file, attribute, value. Those of the repository itself count too. */
    private String attributes(Collection<String> names) {
        Map<String, byte[]> own =
                host.read(place.attributes(), ATTRIBUTES)
                        .map(bytes -> Map.of("info/attributes", bytes))
                        .orElse(Map.of());
        try (var asked = emptyGit(host, place, head, own)) {
            var argv = words("--work-tree=" + place.top(), "check-attr", "-z");
            argv.addAll(List.of("filter", "ident", "working-tree-encoding", "--"));
            argv.addAll(names);
            return asked.ask(place.top(), argv).text();
        }
    }

    /** Each is read here before git reads it, which would wait at a pipe. */
    private void requireNoPipes(Collection<String> names) {
        for (String name : names) {
            for (Path at = Path.of(name).getParent(); at != null; at = at.getParent()) {
                host.read(place.top().resolve(at).resolve(".gitattributes"), ATTRIBUTES);
            }
        }
        host.read(place.top().resolve(".gitattributes"), ATTRIBUTES);
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

    private static List<String> words(String... words) {
        return new ArrayList<>(List.of(words));
    }

    private String text(List<String> words) {
        return empty.ask(words).text();
    }

    public static ProblemException unreadable(String where, Phrase why) {
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
