package backout.bench;

import backout.archive.AgeKey;
import backout.archive.Backup;
import backout.archive.Exclusions;
import backout.archive.Source;
import backout.archive.Space;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * One backup in a process of its own, as a rollback makes it: encrypted, hashed and synced. Prints
 * how many milliseconds the writing took, and the reading back.
 */
final class BackupOnce {
    private BackupOnce() {}

    /** FOLDER KEY ARCHIVE WORKERS. */
    public static void main(String[] arguments) {
        var backup =
                new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "local",
                        "bench",
                        Optional.of(AgeKey.loadOrCreate(Path.of(arguments[1]))));
        Path archive = Path.of(arguments[2]);
        long began = System.nanoTime();
        var _ =
                backup.write(
                        List.of(new Source("data/0-data", Path.of(arguments[0]))),
                        archive,
                        Exclusions.NONE,
                        new Backup.Budget(
                                Integer.parseInt(arguments[3]), 0, Duration.ofMinutes(10)),
                        "bench");
        long written = System.nanoTime();
        var _ = backup.verify(archive);
        long verified = System.nanoTime();
        System.out.println((written - began) / 1e6 + " " + (verified - written) / 1e6);
    }
}
