package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class RestoreTest {
    private static final Limits SMALL = new Limits(50, 10_000, 5_000, 200, Set.of());

    @TempDir Path temp;

    private final Restore restore = new Restore(Space.ofFileStore(), Optional.empty());
    private PlantedArchive planted = new PlantedArchive(Path.of("/"));
    private Path staging = Path.of("/");
    private Path outside = Path.of("/");

    @BeforeEach
    void folders() throws IOException {
        staging = temp.resolve("staging");
        outside = Files.createDirectory(temp.resolve("outside"));
        planted = new PlantedArchive(temp.resolve("planted.tar.zst"));
    }

    @AfterEach
    void nothingWasWrittenOutside() {
        assertThat(outside).isEmptyDirectory();
        assertThat(temp.resolve("evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "a/..",
                "..",
                ".",
                "a/./b",
                "a//b",
                "C:evil",
                "c:/evil"
            })
    void names_that_lead_out_are_refused(String name) throws IOException {
        planted.file(name, "x");

        assertRefused("its name is absolute, empty or has \"..\" or NUL in it");
    }

    @Test
    void absolute_names_are_refused() throws IOException {
        planted.file(outside + "/evil", "x");

        assertRefused("its name is absolute");
    }

    @Test
    void a_nul_in_a_name_is_refused() throws IOException {
        planted.pax("innocent", "path", "inno\0cent");

        assertRefused("NUL");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_LINK
            })
    void hard_links_pipes_and_devices_are_refused(byte type) throws IOException {
        planted.file("first", "x").special("second", type, "first");

        assertRefused("\"second\": it is a hard link, a pipe, a device or sparse");
    }

    @Test
    void setuid_and_setgid_files_are_refused_unless_listed() throws IOException {
        planted.withMode("tool", "x", 04755);
        assertRefused("\"tool\": it is setuid or setgid");

        planted.withMode("tool", "x", 02755);
        assertRefused("it is setuid or setgid");

        planted.withMode("tool", "x", 04755).save();
        restore.toStaging(planted.path(), staging, SMALL.trusting(Set.of("tool")));
        assertThat(Stat.of(staging.resolve("tool")).mode()).isEqualTo(04755);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc",
                "..",
                "../outside",
                "sub/../../outside",
                "/",
                "staging-evil/../../x"
            })
    void a_link_that_leads_out_is_refused(String target) throws IOException {
        planted.folder("sub").link("link", target);

        assertRefused("\"link\": it is a link to \"" + target + "\", which leads out");
    }

    @Test
    void a_link_that_leads_out_only_through_another_link_is_refused() throws IOException {
        planted.folder("a").folder("a/b").link("a/b/up", "..").link("sly", "a/b/up/../../outside");

        assertRefused("\"sly\": it is a link");
    }

    @Test
    void links_in_circles_are_refused() throws IOException {
        planted.link("one", "two").link("two", "one");

        assertRefused("it is a link to");
    }

    @Test
    void links_inside_come_back() throws IOException {
        planted.folder("a")
                .file("a/f", "x")
                .link("a/self", "../a/f")
                .link("dead", "a/nothing")
                .save();

        restore.toStaging(planted.path(), staging, SMALL);

        assertThat(staging.resolve("a/self")).hasContent("x");
        assertThat(staging.resolve("dead")).isSymbolicLink();
    }

    @Test
    void nothing_is_written_through_a_link_of_the_same_archive() throws IOException {
        planted.link("door", outside.toString()).file("door/evil", "x");
        assertRefused("\"door/evil\": its path goes through door");

        planted.folder("a").link("door", "a").file("door/deep/evil", "x");
        assertRefused("\"door/deep/evil\": its path goes through door");
    }

    @Test
    void a_link_that_replaces_a_folder_or_a_file_is_refused() throws IOException {
        planted.file("door/inside", "x").link("door", outside.toString());
        assertRefused("\"door\": it is there twice");

        planted.file("door", "x").link("door", outside.toString());
        assertRefused("\"door\": it is there twice");

        planted.link("door", "a").file("door", "x");
        assertRefused("\"door\": it is there twice");
    }

    @Test
    void more_bytes_than_allowed_are_refused() throws IOException {
        planted.file("a", "x".repeat(6000)).file("b", "x".repeat(6000));

        assertRefused("\"b\": with it the archive unpacks to more than 10,000 bytes");
    }

    @Test
    void more_entries_than_allowed_are_refused() throws IOException {
        for (int i = 0; i < 51; i++) {
            planted.file("f" + i, "");
        }

        assertRefused("\"f50\": the archive has more than 50 entries");
    }

    @Test
    void names_longer_than_allowed_are_refused() throws IOException {
        planted.file("n".repeat(201), "");

        assertRefused("its name has 201 characters");
    }

    @Test
    void a_bomb_is_stopped_by_its_ratio() throws IOException {
        planted.zeros("bomb", 100 << 20).save();
        var limits = new Limits(50, 1L << 40, 100, 200, Set.of());

        assertThatThrownBy(() -> restore.toStaging(planted.path(), staging, limits))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("bomb")
                .hasMessageContaining("it unpacks to more than allowed");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void an_endless_header_is_stopped() throws IOException {
        planted.pax("x", "comment", "c".repeat(2 << 20)).save();

        assertThatThrownBy(() -> restore.toStaging(planted.path(), staging, Limits.USUAL))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("an entry's header is longer than 1 MiB");
    }

    @Test
    void a_folder_in_use_is_never_restored_into() throws IOException {
        planted.file("f", "new").save();
        Files.createDirectory(staging);
        Files.writeString(staging.resolve("f"), "live");

        BackupTest.assertProblem(
                () -> restore.toStaging(planted.path(), staging, SMALL),
                "the folder to restore into is not empty");
        assertThat(staging.resolve("f")).hasContent("live");
    }

    @Test
    void a_damaged_backup_leaves_the_folder_empty() throws IOException {
        Path data = Files.createDirectory(temp.resolve("data"));
        Files.write(data.resolve("a"), new byte[100_000]);
        Path archive = temp.resolve("b.tar.zst");
        new Backup(InstantSource.system(), Space.ofFileStore(), "h", "t", Optional.empty())
                .write(
                        List.of(new Source("d", data)),
                        archive,
                        Exclusions.NONE,
                        new Backup.Budget(0, 0, Duration.ofMinutes(1)),
                        "r");
        byte[] bytes = Files.readAllBytes(archive);
        bytes[bytes.length - 1] ^= 1;
        Files.write(archive, bytes);

        BackupTest.assertProblem(
                () -> restore.toStaging(archive, staging, SMALL), "unpacks to more");
        BackupTest.assertProblem(
                () -> restore.toStaging(archive, staging, Limits.USUAL),
                "the backup is damaged at");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void too_little_room_is_refused() throws IOException {
        planted.file("f", "x".repeat(1000)).save();
        Space small =
                new Space() {
                    @Override
                    public long freeBytes(Path folder) {
                        return 1199;
                    }
                };
        Space noInodes =
                new Space() {
                    @Override
                    public long freeBytes(Path folder) {
                        return Long.MAX_VALUE;
                    }

                    @Override
                    public OptionalLong freeInodes(Path folder) {
                        return OptionalLong.of(0);
                    }
                };

        BackupTest.assertProblem(
                () ->
                        new Restore(small, Optional.empty())
                                .toStaging(planted.path(), staging, SMALL),
                "restoring may need 1,200 bytes, only 1,199 are free");
        BackupTest.assertProblem(
                () ->
                        new Restore(noInodes, Optional.empty())
                                .toStaging(planted.path(), staging, SMALL),
                "restoring needs 1 inodes, only 0 are free");
    }

    @Test
    void restored_files_are_nobody_elses_while_they_are_unpacked() throws IOException {
        planted.file("secret", "s").save();

        restore.toStaging(planted.path(), staging, SMALL);

        assertThat(Stat.of(staging).mode()).isEqualTo(0700);
    }

    private void assertRefused(String why) throws IOException {
        planted.save();
        assertThatThrownBy(() -> restore.toStaging(planted.path(), staging, SMALL))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the archive is not unpacked because of")
                .hasMessageContaining(why);
        assertThat(staging).isEmptyDirectory();
    }
}
