package backout.archive;

import backout.language.Phrase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what lies sealed beside the bot's key was sealed with another one, which is lost. */
public final class LostKey {
    private static final List<String> SEALED_IN = List.of("backups", "artifacts");

    /** Of very many the newest and the oldest tell: a key is lost for all that came before. */
    private static final int TRIED = 20;

    private final Path keyFile;

    private LostKey(Path keyFile) {
        this.keyFile = keyFile;
    }

    /**
     * For whoever believes that there are backups; empty where all can be opened, or nothing is
     * there.
     *
     * @param keyFile beside the folders of backups and artifacts; may be missing
     * @throws IOException when nobody could tell
     * @throws backout.problem.ProblemException when the key is there and cannot be used
     */
    public static Optional<Phrase> warning(Path keyFile) throws IOException {
        var lost = new LostKey(keyFile);
        return Files.exists(keyFile) ? lost.another() : lost.gone();
    }

    private Optional<Phrase> gone() throws IOException {
        return sealed().stream()
                .findFirst()
                .map(one ->
                        Phrase.of(
                                "the key {0} is gone: what was sealed with it, such as {1}, can be"
                                        + " opened with that key alone. Put it back first; else a"
                                        + " new one is made, and older backups stay shut",
                                keyFile, one));
    }

    private Optional<Phrase> another() throws IOException {
        AgeKey key = AgeKey.load(keyFile);
        for (Path one : sealed()) {
            if (!opens(key, one)) {
                return Optional.of(
                        Phrase.of(
                                "the key {0} does not open what was sealed before it was made, such"
                                        + " as {1}: that can be opened with the lost key alone. If"
                                        + " you find that one, keep both",
                                keyFile, one));
            }
        }
        return Optional.empty();
    }

    /** Of each folder the newest first. */
    private List<Path> sealed() throws IOException {
        var all = new ArrayList<Path>();
        for (String folder : SEALED_IN) {
            all.addAll(some(sealed(keyFile.resolveSibling(folder))));
        }
        return all;
    }

    private static List<Path> sealed(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.filter(file -> file.toString().endsWith(".age"))
                    .filter(Files::isRegularFile)
                    .sorted(
                            Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                                    .reversed())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<Path> some(List<Path> all) {
        var some = new ArrayList<>(all.subList(0, Math.min(TRIED, all.size())));
        some.addAll(all.subList(Math.max(some.size(), all.size() - TRIED), all.size()));
        return some;
    }

    /** One that was removed meanwhile is nobody's loss. */
    private static boolean opens(AgeKey key, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return key.opens(in);
        } catch (NoSuchFileException _) {
            return true;
        }
    }
}
