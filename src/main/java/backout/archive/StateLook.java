package backout.archive;

import backout.host.Host;
import backout.host.LowRoom;
import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Findings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a run keeps on the bot's own machine can be kept: artifacts, backups, and the key
 * that they are sealed with, which should be the one of what was sealed before.
 */
public record StateLook(Path stateDir) {
    public Findings room() {
        return LowRoom.look(Host.local(), stateDir);
    }

    /**
     * @param backup the target whose data is backed up; empty where no backup is made
     */
    public Findings writable(Optional<String> backup) {
        var red = new ArrayList<Problem>();
        var folders = new ArrayList<>(List.of(stateDir.resolve("artifacts")));
        backup.map(BackupTask.folder(stateDir)::resolve).ifPresent(folders::add);
        // asked of something in it: of a file that lies where the folder should be it could be
        // written
        folders.forEach(folder -> Host.local().writable(folder.resolve("new")).ifPresent(red::add));
        key().ifPresent(red::add);
        return Findings.red(red);
    }

    /** A new one is made without asking anybody, so it is told what that means. */
    public Findings lostKey() {
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
