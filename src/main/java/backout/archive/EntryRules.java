package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an entry must not be to be unpacked. Remembers what came before: an entry whose path goes
 * through a link of the same archive is refused, whatever the link says.
 */
final class EntryRules {
    private static final int SETUID_OR_SETGID = 06000;

    private final Path archive;
    private final Limits limits;
    private final Set<String> folders = new HashSet<>();
    private final Set<String> listed = new HashSet<>();
    private final Map<String, String> links = new HashMap<>();
    private long bytes;

    EntryRules(Path archive, Limits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    void check(TarArchiveEntry entry) {
        String name = entry.getName().replaceFirst("/$", "");
        checkName(name);
        var kind = Mismatch.kind(entry);
        if (kind.isEmpty()) {
            throw refused(name, Phrase.of("it is a hard link, a pipe, a device or sparse"));
        }
        checkSetuid(name, entry, kind.get());
        checkSize(name, entry);
        if (kind.get() == Manifest.Kind.LINK) {
            links.put(name, entry.getLinkName());
        }
        remember(name, kind.get());
    }

    /** Once all links are known: where each of them leads in the end. */
    void checkLinks() {
        var map = new Links(links);
        for (String name : links.keySet()) {
            if (!limits.trusted().contains(name) && map.follow(name).isEmpty()) {
                throw refused(
                        name,
                        Phrase.of(
                                "it is a link to \"{0}\", which leads out of the archive",
                                links.get(name)));
            }
        }
    }

    private void checkName(String name) {
        if (!EntryName.isPlain(name)) {
            throw refused(
                    name, Phrase.of("its name is absolute, empty or has \"..\" or NUL in it"));
        }
        if (name.length() > limits.pathLength()) {
            throw refused(
                    name.substring(0, 40) + "…",
                    Phrase.of("its name has {0} characters", "%,d".formatted(name.length())));
        }
    }

    private void checkSetuid(String name, TarArchiveEntry entry, Manifest.Kind kind) {
        boolean raises = kind == Manifest.Kind.FILE && (entry.getMode() & SETUID_OR_SETGID) != 0;
        if (raises && !limits.trusted().contains(name)) {
            throw refused(name, Phrase.of("it is setuid or setgid"));
        }
    }

    private void checkSize(String name, TarArchiveEntry entry) {
        bytes += Math.max(0, entry.getSize());
        if (entry.getSize() > limits.bytes() || bytes > limits.bytes()) {
            throw refused(
                    name,
                    Phrase.of(
                            "with it the archive unpacks to more than {0} bytes",
                            "%,d".formatted(limits.bytes())));
        }
        if (listed.size() >= limits.entries()) {
            throw refused(
                    name,
                    Phrase.of(
                            "the archive has more than {0} entries",
                            "%,d".formatted(limits.entries())));
        }
    }

    private void remember(String name, Manifest.Kind kind) {
        boolean usedAsFolder = kind != Manifest.Kind.FOLDER && folders.contains(name);
        if (!listed.add(name) || usedAsFolder) {
            throw refused(name, Phrase.of("it is there twice"));
        }
        for (int slash = name.lastIndexOf('/');
                slash > 0;
                slash = name.lastIndexOf('/', slash - 1)) {
            String above = name.substring(0, slash);
            if (listed.contains(above) && !folders.contains(above)) {
                throw refused(
                        name,
                        Phrase.of("its path goes through {0}, which is a link or a file", above));
            }
            if (!folders.add(above)) {
                break;
            }
        }
        if (kind == Manifest.Kind.FOLDER) {
            folders.add(name);
        }
    }

    private ProblemException refused(String entry, Phrase why) {
        return Problem.stop(
                Phrase.of("the archive is not unpacked because of {0}: {1}", printable(entry), why),
                archive.toString(),
                Phrase.of(
                        "Nothing was restored. Use another backup, or list the entry as"
                                + " trusted if it is yours"));
    }

    private static String printable(String name) {
        return "\"" + name.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
