package backout.executor.compose;

import backout.archive.AgeKey;
import backout.archive.LostKey;
import backout.host.Host;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether every file and folder can be written that the run will write, on the target's machine and
 * on the bot's. And whether the key that it will be sealed with is the one of what was sealed
 * before.
 */
final class WriteLook implements Preflight.Look {
    private final Host host;
    private final Path stateDir;

    WriteLook(Host host, Path stateDir) {
        this.host = host;
        this.stateDir = stateDir;
    }

    @Override
    public Findings at(Prospect prospect) {
        var red = new ArrayList<Problem>();
        if (!prospect.change().isNothing()) {
            prospect.change()
                    .files()
                    .keySet()
                    .forEach(file -> host.writable(file).ifPresent(red::add));
        }
        // asked of something in it: of a file that lies where the folder should be it could be
        // written
        state(prospect)
                .forEach(
                        folder -> Host.local().writable(folder.resolve("new")).ifPresent(red::add));
        key().ifPresent(red::add);
        return red.isEmpty() ? lostKey() : Findings.red(red);
    }

    /** A new one is made without asking anybody, so it is told what that means. */
    private Findings lostKey() {
        Path key = stateDir.resolve("key.txt");
        try {
            return LostKey.warning(key).map(Findings::amber).orElseGet(Findings::fine);
        } catch (IOException e) {
            return Findings.amber(
                    Phrase.of(
                            "whether {0} opens the older backups is not known: {1}",
                            key, Cause.of(e)));
        }
    }

    /** What is kept for the way back, and the backups. */
    private List<Path> state(Prospect prospect) {
        var folders = new ArrayList<>(List.of(stateDir.resolve("artifacts")));
        if (prospect.prepares("compose.backup")) {
            folders.add(BackupTask.folder(stateDir).resolve(prospect.target().name().name()));
        }
        return folders;
    }

    private Optional<Problem> key() {
        Path key = stateDir.resolve("key.txt");
        if (!Files.exists(key)) {
            return Optional.empty();
        }
        try {
            var _ = AgeKey.load(key);
            return Optional.empty();
        } catch (ProblemException unreadable) {
            return Optional.of(unreadable.problem());
        }
    }
}
