package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code writable.sh} found, judged as {@link Writable} judges here.
 *
 * @param words what is so
 * @param mounts lines of mountinfo (proc(5))
 */
record SshWritable(List<String> words, String owner, Path folder, List<String> mounts) {
    static SshWritable of(String told) {
        if (told.endsWith("gone\n")) {
            return new SshWritable(List.of("gone"), "", Path.of("/"), List.of());
        }
        String[] parts = told.split("\n\n", 3);
        int line = parts[1].indexOf('\n');
        String folder = parts[1].substring(line + 1);
        return new SshWritable(
                Arrays.asList(parts[0].split("\n", -1)),
                parts[1].substring(0, line),
                Path.of(folder),
                parts[2].lines().toList());
    }

    Optional<Problem> look(Path path) {
        if (words.contains("gone")) {
            return Optional.of(
                    Writable.refused(path, Phrase.of("there is no {0}", path.toString())));
        }
        if (!words.contains("folder")) {
            return refused(Writable.noFolder());
        }
        if (isReadOnly()) {
            return refused(Writable.readOnly());
        }
        boolean isRoot = words.contains("root");
        if (!words.contains("enters")) {
            return refused(isRoot ? Writable.immutable(folder) : Writable.strange(owner));
        }
        // of a file of our own with one name nothing but the name is changed
        boolean isReplaced = words.contains("opens") || (words.contains("own") && !isRoot);
        return !words.contains("file") || isReplaced
                ? Optional.empty()
                : Optional.of(Writable.refused(path, Phrase.of("it cannot be opened for writing")));
    }

    private Optional<Problem> refused(Phrase why) {
        return Optional.of(Writable.refused(folder, why));
    }

    /** Busybox tells root of no mount; fields 5 and 6 are its place and its options. */
    private boolean isReadOnly() {
        return mounts.stream()
                .map(line -> line.split(" ", 7))
                .filter(field -> field.length == 7 && folder.startsWith(unescaped(field[4])))
                // of those of one place the last one is on top
                .reduce((one, other) ->
                        unescaped(other[4]).length() >= unescaped(one[4]).length() ? other : one)
                .filter(field -> isReadOnly(field[5]) || isReadOnly(field[6].replaceAll(".* ", "")))
                .isPresent();
    }

    private static boolean isReadOnly(String options) {
        return List.of(options.split(",", -1)).contains("ro");
    }

    private static String unescaped(String place) {
        return place.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }
}
