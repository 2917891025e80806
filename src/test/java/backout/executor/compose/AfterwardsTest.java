package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.fixture.OtherHost;
import backout.host.Host;
import backout.host.Scratch;
import backout.language.Phrase;
import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class AfterwardsTest {
    @TempDir private Path folder;

    private record WithTemporary(Host host, Path temporary) implements OtherHost {
        @Override
        public ScratchFolder scratch(Map<String, byte[]> files) {
            return Scratch.with(temporary, files);
        }
    }

    private void assertNoCopies(Path temporary, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("compose.yml"), "services: {web: {image: a}}");
        var project = new Project("p", "web", folder, List.of(file), List.of(), List.of());
        var host = new WithTemporary(Host.local(), temporary);
        var cli = new ComposeCli(host, "unix:///nonexistent.sock");
        var change =
                new FileChange(
                        "edit",
                        "",
                        Map.of(file, new FileChange.Hashes("before", "after")),
                        Map.of(file, new byte[64 << 10]),
                        Map.of(),
                        Phrase.NONE,
                        List.of());
        var afterwards = new Afterwards(cli, new ProjectFiles(host, cli));
        assertThatThrownBy(() -> afterwards.config(project, change))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("make room in the folder of temporary files");
    }

    @Test
    void where_nobody_can_write_there_are_no_copies() throws IOException {
        assertNoCopies(folder.resolve("nowhere"), "nowhere");
    }

    @Test
    void a_full_disk_is_told_and_keeps_no_half_of_a_copy() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                ran("mount", "-t", "tmpfs", "-o", "size=12k", "none", disk.toString()),
                "no right to mount: no disk that becomes full");
        try {
            assertNoCopies(disk, "the disk is full");
            assertThat(disk).isEmptyDirectory();
        } finally {
            assertThat(ran("umount", disk.toString())).isTrue();
        }
    }

    private static boolean ran(String... argv) throws IOException, InterruptedException {
        var process = new ProcessBuilder(argv).inheritIO().start();
        return process.waitFor() == 0;
    }
}
