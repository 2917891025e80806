package backout.executor.rebuild;

import backout.archive.AgeKey;
import backout.archive.Restore;
import backout.archive.Space;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a project as the bot keeps them: a folder with their checksums, or one of the bot's
 * own backups. Their contents are secrets and leave the bot only for the machine.
 *
 * @param key what opens a backup
 */
record Bundle(Path place, List<String> names, Path key) {
    private static final int MOST = 4 << 20;
    private static final String SUMS = "SHA256SUMS";

    /**
     * Each by its name, all of them as they were kept.
     *
     * @throws ProblemException when one is not there, or another than was kept
     */
    Map<String, byte[]> read() {
        return with(Set.of());
    }

    /**
     * The same, and what may be kept beside them, where it is: nobody needs it to be as it was.
     *
     * @throws ProblemException as {@link #read}
     */
    Map<String, byte[]> with(Set<String> further) {
        names.forEach(this::requirePlain);
        if (!Files.exists(place)) {
            throw stop(Phrase.of("what the files are kept in is not there"));
        }
        try {
            Map<String, byte[]> found =
                    Files.isDirectory(place) ? folder(further) : backup(further);
            List<String> missing = names.stream().filter(one -> !found.containsKey(one)).toList();
            if (!missing.isEmpty()) {
                throw stop(Phrase.of("these files are not in it: {0}", Phrase.list(missing)));
            }
            return found;
        } catch (IOException e) {
            throw stop(Phrase.of("the files cannot be read: {0}", Cause.of(e)));
        }
    }

    /** When they were kept, as far as the file system knows. */
    Instant at() {
        try {
            Path file = Files.isDirectory(place) ? place.resolve(SUMS) : place;
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw stop(Phrase.of("the files cannot be read: {0}", Cause.of(e)));
        }
    }

    /** What they are, without what is in them. */
    static Listing listing(Map<String, byte[]> files) {
        var hashes = new LinkedHashMap<String, String>();
        files.forEach((name, content) -> hashes.put(name, Sha256.of(content)));
        return new Listing(hashes);
    }

    private void requirePlain(String name) {
        boolean isPlain =
                !name.isBlank()
                        && !name.contains("\n")
                        && !name.startsWith("/")
                        && List.of(name.split("/", -1)).stream()
                                .noneMatch(part -> Set.of("", ".", "..").contains(part));
        if (!isPlain) {
            throw stop(Phrase.of("{0} is no name of a file below the folder", name));
        }
    }

    private Map<String, byte[]> backup(Set<String> further) {
        var all = new HashSet<>(names);
        all.addAll(further);
        return new Restore(Space.ofFileStore(), Optional.of(AgeKey.load(key)))
                .read(place, all, MOST);
    }

    private Map<String, byte[]> folder(Set<String> further) throws IOException {
        Map<String, String> sums = sums();
        var found = new LinkedHashMap<String, byte[]>();
        for (String name : names) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file)) {
                if (Files.size(file) > MOST) {
                    throw stop(Phrase.of("{0} is larger than {1} bytes", name, MOST));
                }
                byte[] content = Files.readAllBytes(file);
                if (!Sha256.of(content).equals(sums.get(name))) {
                    throw stop(Phrase.of("{0} is not what SHA256SUMS says of it", name));
                }
                found.put(name, content);
            }
        }
        for (String name : further) {
            Path file = place.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) <= MOST) {
                found.putIfAbsent(name, Files.readAllBytes(file));
            }
        }
        return found;
    }

    private Map<String, String> sums() throws IOException {
        Path file = place.resolve(SUMS);
        if (!Files.isRegularFile(file)) {
            throw stop(Phrase.of("it has no SHA256SUMS, so nobody knows whether they are whole"));
        }
        var sums = new LinkedHashMap<String, String>();
        for (String line : Files.readAllLines(file)) {
            if (line.length() > 66) {
                sums.put(line.substring(66).replaceFirst("^\\./", ""), line.substring(0, 64));
            }
        }
        return sums;
    }

    private ProblemException stop(Phrase what) {
        return Problem.stop(
                what,
                place.toString(),
                Phrase.of(
                        "keep all of files: there, with sha256sum FILE… >SHA256SUMS beside them, or"
                                + " name a whole backup"));
    }
}
