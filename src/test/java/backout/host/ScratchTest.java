package backout.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

class ScratchTest {
    @TempDir Path temporary;
    @TempDir Path elsewhere;

    /** As a process leaves it that was killed. */
    private Path orphan(long pid, long began, String end) throws IOException {
        Path folder = temporary.resolve("backout-" + pid + "-" + began + "-123" + end);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("0"), "DB_PASSWORD=hunter2\n");
        return folder;
    }

    private static long dead() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    @Test
    void what_a_killed_process_left_is_removed_when_another_begins() throws Exception {
        Path left = orphan(dead(), 1_700_000_000_000L, "");
        Path reused = orphan(ProcessHandle.current().pid(), 1_700_000_000_000L, ".out");
        Path kept = Files.writeString(elsewhere.resolve("kept"), "mine");
        Files.createSymbolicLink(left.resolve("link"), elsewhere);

        Path mine = Scratch.folder(temporary);

        assertThat(left).doesNotExist();
        assertThat(reused).doesNotExist();
        assertThat(kept).hasContent("mine");
        assertThat(mine).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(mine)))
                .isEqualTo("rwx------");
    }

    @Test
    void what_a_living_process_has_and_what_is_named_otherwise_stays() throws Exception {
        Path mine = Scratch.folder(temporary);
        ProcessHandle other = ProcessHandle.current().parent().orElseThrow();
        Path theirs =
                orphan(
                        other.pid(),
                        other.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
                        "");
        Path another = Files.createDirectories(temporary.resolve("backout-relay-home42"));

        Path next = Scratch.folder(temporary);

        assertThat(mine).isEmptyDirectory();
        assertThat(theirs).isNotEmptyDirectory();
        assertThat(another).exists();
        Scratch.remove(theirs);
        assertThat(theirs).doesNotExist();
        assertThat(next).exists();
    }
}
