package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A person without the bot can open our backups with what every machine has. */
class ForeignToolsTest {
    @TempDir Path temp;

    private Path archive = Path.of("/");

    @BeforeEach
    void anArchive() throws IOException {
        Path data = Files.createDirectories(temp.resolve("data/" + "n".repeat(150)));
        Files.writeString(data.resolve("ü-" + "m".repeat(150)), "deep");
        Files.write(temp.resolve("data/big"), new byte[3 << 20]);
        Files.createSymbolicLink(temp.resolve("data/link"), Path.of("big"));
        archive = temp.resolve("out/b.tar.zst");
        new Backup(InstantSource.system(), Space.ofFileStore(), "h", "t", Optional.empty())
                .write(
                        List.of(new Source("app/data", temp.resolve("data"))),
                        archive,
                        Exclusions.NONE,
                        new Backup.Budget(2, 0, Duration.ofMinutes(1)),
                        "r");
    }

    @Test
    void tar_lists_and_unpacks_it() throws Exception {
        needs("tar");
        needs("zstd");
        Path out = Files.createDirectory(temp.resolve("unpacked"));

        assertThat(run("tar", "--zstd", "-tf", archive.toString()).lines())
                .contains("app/data/", "app/data/big", "app/data/link")
                .hasSize(5);
        assertThat(run("tar", "--zstd", "-xf", archive.toString(), "-C", out.toString())).isEmpty();
        assertThat(
                        run(
                                "diff",
                                "-r",
                                "--no-dereference",
                                temp.resolve("data").toString(),
                                out.resolve("app/data").toString()))
                .isEmpty();
    }

    @Test
    void zstd_finds_its_checksum_right() throws Exception {
        needs("zstd");

        run("zstd", "-q", "-t", archive.toString());
        assertThat(run("zstd", "-l", "-v", archive.toString())).contains("XXH64");
    }

    @Test
    void a_tar_that_gnu_tar_wrote_cannot_be_mistaken_for_ours() throws Exception {
        needs("tar");
        needs("zstd");
        Files.delete(archive);
        run("tar", "--zstd", "-cf", archive.toString(), "-C", temp.toString(), "data");

        BackupTest.assertProblem(
                () ->
                        new Backup(
                                        InstantSource.system(),
                                        Space.ofFileStore(),
                                        "h",
                                        "t",
                                        Optional.empty())
                                .verify(archive),
                "the backup is damaged at app/data: the archive has \"data/\" in its place");
    }

    private static void needs(String tool) {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), tool + " is not installed");
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
