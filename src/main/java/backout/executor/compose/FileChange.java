package backout.executor.compose;

import backout.executor.compose.file.Edited;
import backout.language.Phrase;
import backout.problem.Sha256;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens to the project's files.
 *
 * @param kind {@code edit} for the image alone, {@code snapshot} or {@code git} for a release's own
 *     files
 * @param files each file's path with the SHA-256 of what it holds now and of what it will hold
 * @param contents what they will hold, which may be secrets
 * @param images every service that has another image by the edit of the line
 * @param says the change in a sentence, with key names but never values
 * @param notes what a person should know
 */
record FileChange(
        String kind,
        String from,
        Map<Path, Hashes> files,
        Map<Path, byte[]> contents,
        Map<String, Edited.Change> images,
        Phrase says,
        List<Phrase> notes) {
    /** What a file holds and will hold. */
    record Hashes(String before, String after) {}

    FileChange {
        files = new LinkedHashMap<>(files);
        contents = Map.copyOf(contents);
        notes = List.copyOf(notes);
    }

    /**
     * @param project its folder, which the file is named from: two can be called alike
     */
    static FileChange edit(Edited edited, Path project) {
        var hashes =
                new Hashes(Sha256.of(edited.before().bytes()), Sha256.of(edited.after().bytes()));
        Phrase says =
                Phrase.of(
                        "write the image into {0}:{1}: {2}",
                        shown(edited.before().path(), project),
                        edited.line(),
                        edited.diff()
                                .strip()
                                .replaceFirst("^-\\s*", "")
                                .replaceAll("(?<!\\s)\\s*\\n\\+\\s*", "  →  "));
        return new FileChange(
                "edit",
                "",
                Map.of(edited.before().path(), hashes),
                Map.of(edited.after().path(), edited.after().bytes()),
                edited.images(),
                says,
                edited.notes());
    }

    static Path shown(Path file, Path project) {
        return file.startsWith(project) ? project.relativize(file) : file;
    }

    /** The files that will hold something else, with what that is: it may be a secret. */
    Map<Path, byte[]> changed() {
        var changed = new LinkedHashMap<>(contents);
        files.forEach((path, hashes) -> {
            if (hashes.before().equals(hashes.after())) {
                changed.remove(path);
            }
        });
        return changed;
    }

    boolean isNothing() {
        return files.values().stream().allMatch(hashes -> hashes.before().equals(hashes.after()));
    }
}
