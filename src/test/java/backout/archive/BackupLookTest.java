package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;

import backout.run.Findings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whether data can be saved in the room and the time that there is. */
class BackupLookTest {
    @TempDir Path temp;

    private Findings found(long length) throws IOException {
        Path data = Files.createDirectories(temp.resolve("data"));
        try (var holes = new RandomAccessFile(data.resolve("holes").toFile(), "rw")) {
            holes.setLength(length);
        }
        var backup =
                new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "host-a",
                        "backout test",
                        Optional.empty());
        var look = new BackupLook(backup, Files.createDirectories(temp.resolve("backups")));
        return look.data(() -> List.of(new Source("data", data)), Exclusions.NONE).findings();
    }

    @Test
    void what_lies_on_no_disk_is_read_faster_and_not_for_ever() throws IOException {
        assertThat(found(31L << 30).told()).isEmpty();
        assertThat(found(2L << 40).told().toString()).contains("there are 2.2 TB to be read");
    }
}
