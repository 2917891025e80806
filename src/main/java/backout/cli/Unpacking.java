package backout.cli;

import backout.archive.AgeKey;
import backout.archive.Backup;
import backout.archive.Limits;
import backout.archive.Manifest;
import backout.archive.Restore;
import backout.archive.Restored;
import backout.archive.Space;
import backout.chat.Block;
import backout.chat.Message;
import backout.chat.console.TextScreen;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.RunId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens the backups that runs made. */
public final class Unpacking {
    private static final String ARCHIVES = ".+\\.tar\\.(zst|gz)\\.age";

    private final Path store;
    private final TextScreen out;

    /**
     * @param store the folder that holds {@code backups/} and {@code key.txt}
     */
    public Unpacking(Path store, TextScreen out) {
        this.store = store;
        this.out = out;
    }

    /** Lists it, or unpacks it; the exit code. */
    public int open(String named, Optional<Path> into) {
        Path archive = archive(named);
        var key = Optional.of(AgeKey.load(store.resolve("key.txt")));
        var backup =
                new Backup(InstantSource.system(), Space.ofFileStore(), "local", "backout", key);
        Manifest manifest = backup.verify(archive);
        out.show(listed(archive, manifest));
        into.ifPresent(folder -> unpack(archive, folder, manifest, key));
        return 0;
    }

    private Path archive(String named) {
        String run = named.toUpperCase(Locale.ROOT);
        if (!RunId.isRunId(run)) {
            return Path.of(named);
        }
        Path backups = store.resolve("backups");
        List<Path> found = List.of();
        if (Files.isDirectory(backups)) {
            try (Stream<Path> all = Files.walk(backups, 2)) {
                found = all.filter(file -> isOf(run, file)).sorted().toList();
            } catch (IOException e) {
                throw problem(Phrase.of("cannot be looked into: {0}", Cause.of(e)), backups);
            }
        }
        if (found.isEmpty()) {
            throw problem(Phrase.of("there is no backup of run {0}", run), backups);
        }
        return found.getLast();
    }

    private static boolean isOf(String run, Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(run + "-") && name.matches(ARCHIVES);
    }

    private static Message listed(Path archive, Manifest manifest) {
        Phrase title =
                Phrase.of(
                        "{0}: made {1} before going back to {2}, read back whole",
                        archive.getFileName(), manifest.time(), manifest.release());
        List<String> lines =
                manifest.entries().stream()
                        .map(entry -> "%12s  %s".formatted(size(entry), entry.path()))
                        .toList();
        return new Message(title, List.of(Block.Code.of(title, lines)));
    }

    private static String size(Manifest.Entry entry) {
        return switch (entry.kind()) {
            case FILE -> Say.bytes(entry.size());
            case FOLDER -> "/";
            case LINK -> "->";
        };
    }

    /** What we wrote ourselves may hold links that lead elsewhere, as the folders did. */
    private void unpack(Path archive, Path folder, Manifest manifest, Optional<AgeKey> key) {
        var ours = manifest.entries().stream().map(Manifest.Entry::path);
        Restored restored =
                new Restore(Space.ofFileStore(), key)
                        .toStaging(
                                archive,
                                folder,
                                Limits.USUAL.trusting(ours.collect(Collectors.toSet())));
        restored.warnings().forEach(warning -> out.say("! ", warning));
        out.say(
                "",
                Phrase.of(
                        "Unpacked to {0}. Names are those below the project's folder: to put all of"
                                + " it back, copy it over that folder; {1} holds what lay outside"
                                + " of it, {2} the copy that Redis wrote.",
                        folder, "backout-outside/", "backout-redis/dump.rdb"));
    }

    private static ProblemException problem(Phrase what, Path where) {
        return Problem.stop(
                what, where.toString(), Phrase.of("name an archive below {0}", where.toString()));
    }
}
