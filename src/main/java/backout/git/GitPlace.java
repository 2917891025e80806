package backout.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.host.Host;
import backout.language.Phrase;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a git repository lies: read from its files by their documented layout
 * (gitrepository-layout(5)), for to ask git itself would be to obey that repository's
 * configuration.
 *
 * @param top the folder that is checked out
 * @param own the git folder of this checkout: it has HEAD
 * @param common the git folder that several checkouts share: it has objects and branches
 */
record GitPlace(Host host, Path top, Path own, Path common) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int SMALL = 1 << 16;
    private static final int PACKED_REFS = 32 << 20;
    private static final int LINKS = 5;

    /** Empty where the folder lies in no repository. */
    static Optional<GitPlace> around(Host host, Path folder) {
        Path real = real(host, folder);
        for (Path top = real; top != null; top = top.getParent()) {
            Path git = top.resolve(".git");
            if (host.exists(git.resolve("HEAD"))) {
                return Optional.of(at(host, top, git));
            }
            Optional<String> line = host.isFolder(git) ? Optional.empty() : first(host, git);
            if (line.isPresent() && line.get().startsWith("gitdir: ")) {
                return Optional.of(at(host, top, below(top, line.get().substring(8))));
            }
        }
        return Optional.empty();
    }

    /** The repository that this folder itself is, with its files checked out or without. */
    static Optional<GitPlace> at(Host host, Path folder) {
        return host.exists(folder.resolve("objects")) && host.exists(folder.resolve("HEAD"))
                ? Optional.of(at(host, folder, folder))
                : around(host, folder).filter(place -> place.top().equals(real(host, folder)));
    }

    private static GitPlace at(Host host, Path top, Path own) {
        Path common =
                first(host, own.resolve("commondir")).map(path -> below(own, path)).orElse(own);
        return new GitPlace(host, top, own.normalize(), common.normalize());
    }

    private static Path below(Path folder, String path) {
        try {
            return folder.resolve(path);
        } catch (InvalidPathException _) {
            throw GitObjects.unreadable(
                    folder.toString(), Phrase.of("where a path should stand is something else"));
        }
    }

    private static Optional<String> first(Host host, Path file) {
        return host.read(file, SMALL)
                .flatMap(bytes -> new String(bytes, UTF_8).lines().findFirst())
                .map(String::strip);
    }

    /** The git that holds a link is asked about what it leads to: that is what will be edited. */
    private static Path real(Host host, Path path) {
        return host.real(path).orElseGet(() -> path.toAbsolutePath().normalize());
    }

    Path objects() {
        return common.resolve("objects");
    }

    /** Those of the repository beside the ones that lie in its folders. */
    Path attributes() {
        return common.resolve("info").resolve("attributes");
    }

    /** The list of commits at which a shallow clone ends. */
    Optional<Path> shallow() {
        return Optional.of(common.resolve("shallow")).filter(host::exists);
    }

    /** What git calls these files; those outside are left out. */
    Map<Path, String> names(List<Path> files) {
        var names = new LinkedHashMap<Path, String>();
        for (Path file : files) {
            Path real = real(host, file);
            if (real.startsWith(top)) {
                names.put(file, top.relativize(real).toString());
            }
        }
        return names;
    }

    /** The commit that is checked out; empty where nothing was committed yet. */
    Optional<String> head() {
        String said = first(host, own.resolve("HEAD")).orElse("");
        for (int i = 0; i < LINKS && said.startsWith("ref: "); i++) {
            String name = said.substring(5);
            if (!name.startsWith("refs/heads/")
                    || name.contains("..")
                    || name.endsWith("/.invalid")) {
                throw GitObjects.unreadable(
                        own.toString(),
                        Phrase.of("its branches are kept in a form that is not known here"));
            }
            Optional<String> ref = ref(name);
            if (ref.isEmpty()) {
                return Optional.empty();
            }
            said = ref.get();
        }
        return Optional.of(hash(said));
    }

    /** What a branch or a tag leads to, by its full name. */
    Optional<String> ref(String name) {
        return first(host, below(common, name)).or(() -> packed(name));
    }

    private Optional<String> packed(String name) {
        return host.read(common.resolve("packed-refs"), PACKED_REFS).stream()
                .flatMap(bytes -> new String(bytes, UTF_8).lines())
                .filter(line -> line.endsWith(" " + name))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst();
    }

    /**
     * The text where it is the name of an object, and nothing that git could take for an option.
     */
    String hash(String text) {
        if (!HASH.matcher(text).matches()) {
            throw GitObjects.unreadable(
                    own.toString(), Phrase.of("where a commit should stand is something else"));
        }
        return text;
    }
}
