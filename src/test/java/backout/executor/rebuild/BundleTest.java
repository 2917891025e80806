package backout.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.archive.AgeKey;
import backout.archive.Backup;
import backout.archive.Exclusions;
import backout.archive.Source;
import backout.archive.Space;
import backout.fixture.Folders;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The files of a project out of an encrypted backup, as the bot makes one before each rollback. */
class BundleTest {
    private final Path home = Folders.make("bundle");
    private final Path key = home.resolve("key.txt");
    private final Path archive = home.resolve("backup.tar.zst.age");

    @BeforeEach
    void backup() throws IOException {
        Path project = Files.createDirectories(home.resolve("project"));
        Files.writeString(project.resolve("compose.yml"), "services: {}\n");
        Files.writeString(project.resolve(".env"), "KEY=secret-one-1\n");
        Files.createDirectories(project.resolve("data"));
        Files.write(project.resolve("data/big"), new byte[5 << 20]);
        new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "local",
                        "test",
                        Optional.of(AgeKey.loadOrCreate(key)))
                .write(
                        List.of(new Source("", project)),
                        archive,
                        Exclusions.NONE,
                        new Backup.Budget(1, 0, Duration.ofMinutes(1)),
                        "1.0");
    }

    @AfterEach
    void remove() {
        Folders.delete(home);
    }

    private Bundle of(String... names) {
        return new Bundle(archive, List.of(names), key);
    }

    @Test
    void files_are_read_out_of_it_by_their_names_and_nothing_is_unpacked() {
        var files = of(".env", "compose.yml").read();

        assertThat(files).hasSize(2);
        assertThat(files.get(".env")).asString().isEqualTo("KEY=secret-one-1\n");
        assertThat(home).isDirectoryNotContaining("glob:**unpacked");
    }

    @Test
    void what_is_not_in_it_or_too_large_is_told() {
        assertThatThrownBy(() -> of(".env.local").read())
                .hasMessageContaining("these files are not in it: .env.local");
        assertThatThrownBy(() -> of("data/big").read())
                .hasMessageContaining("data/big is larger than");
        assertThatThrownBy(() -> of("../.env").read())
                .hasMessageContaining("../.env is no name of a file below the folder");
    }

    @Test
    void another_key_or_another_byte_is_told_and_no_file_is_had() throws IOException {
        Files.delete(key);
        AgeKey.loadOrCreate(key);
        assertThatThrownBy(() -> of(".env").read()).hasMessageContaining("backup.tar.zst.age");

        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> of(".env").read()).hasMessageContaining("key.txt");
    }
}
