package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Archives that stay gzip. */
class PackingTest {
    @TempDir Path temp;

    private final Backup backup =
            new Backup(InstantSource.system(), _ -> Long.MAX_VALUE, "h", "t", Optional.empty());

    @Test
    void the_name_says_how_it_is_packed() {
        assertThat(Packing.of(Path.of("a/b.tar.gz"))).isEqualTo(Packing.GZIP);
        assertThat(Packing.of(Path.of("a/b.tar.gz.age"))).isEqualTo(Packing.GZIP);
        assertThat(Packing.of(Path.of("a.tar.gz/b.tar.zst.age"))).isEqualTo(Packing.ZSTD);
    }

    @Test
    void gzip_of_many_pieces_comes_back_whole() throws IOException {
        byte[] content = new byte[(5 << 20) + 17];
        new Random(1).nextBytes(content);
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new ParallelGzip(packed, 3)) {
            out.write(content[0]);
            out.write(content, 1, content.length - 1);
        }

        try (var in =
                Packing.GZIP.unpacking(new java.io.ByteArrayInputStream(packed.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void a_disk_that_is_full_is_told() {
        var out =
                new ParallelGzip(
                        new OutputStream() {
                            @Override
                            public void write(int b) throws IOException {
                                throw new IOException("No space left on device");
                            }
                        },
                        1);

        assertThatThrownBy(
                        () -> {
                            out.write(new byte[8 << 20]);
                            out.close();
                        })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
    }

    @Test
    void a_plain_tar_unpacks_a_gzip_backup_and_damage_is_found() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tar")), "tar is not installed");
        Path data = Files.createDirectories(temp.resolve("data"));
        byte[] content = new byte[3 << 20];
        new Random(2).nextBytes(content);
        Files.write(data.resolve("big"), content);
        Path archive = temp.resolve("out/b.tar.gz");
        var _ =
                backup.write(
                        List.of(new Source("app/data", data)),
                        archive,
                        Exclusions.NONE,
                        new Backup.Budget(2, 0, Duration.ofMinutes(1)),
                        "r");

        assertThat(backup.verify(archive).entries()).hasSize(2);
        var tar =
                new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", temp.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
        assertThat(temp.resolve("app/data/big")).hasBinaryContent(content);

        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length / 2] ^= 1;
        Files.write(archive, bytes);
        BackupTest.assertProblem(() -> backup.verify(archive), "the backup is damaged");
    }
}
