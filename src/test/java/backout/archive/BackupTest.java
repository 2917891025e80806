package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Effort;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

class BackupTest {
    private static final Backup.Budget BUDGET = new Backup.Budget(1, 0, Duration.ofMinutes(5));
    private static final Space PLENTY = _ -> Long.MAX_VALUE;

    @TempDir Path temp;

    private final Backup backup = backup(InstantSource.system(), PLENTY);
    private final Restore restore = new Restore(PLENTY, Optional.empty());

    private Path data = Path.of("/");
    private Path archive = Path.of("/");

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectories(temp.resolve("app/data"));
        archive = temp.resolve("backups/b.tar.zst");
    }

    @Test
    void what_was_saved_comes_back_as_it_was() throws IOException {
        String deep = "d".repeat(120) + "/" + "e".repeat(200);
        write("plain.txt", "hello");
        write(deep, "deep");
        write("umlaut-ü-😀", "name");
        write("empty", "");
        Files.createSymbolicLink(data.resolve("link"), Path.of("plain.txt"));
        Files.createSymbolicLink(data.resolve("dead link"), Path.of("umlaut-ü-nothing"));
        Files.createDirectory(data.resolve("locked"));
        write("locked/inside", "x");
        mode("locked", "r-x------");
        mode("plain.txt", "rw-r-----");
        Files.setLastModifiedTime(
                data.resolve("plain.txt"),
                FileTime.from(Instant.ofEpochSecond(1_000_000, 123_456_789)));

        assertThat(save().warnings()).isEmpty();
        Restored restored = restore.toStaging(archive, temp.resolve("staging"), Limits.USUAL);

        assertThat(restored.warnings()).isEmpty();
        Path back = temp.resolve("staging/data");
        for (String name :
                List.of(
                        "",
                        "plain.txt",
                        deep,
                        "umlaut-ü-😀",
                        "empty",
                        "link",
                        "dead link",
                        "locked",
                        "locked/inside")) {
            assertSame(data.resolve(name), back.resolve(name));
        }
        try (var all = Files.walk(back)) {
            assertThat(all).hasSize(10);
        }
    }

    @Test
    void big_ids_survive_when_the_bot_is_root() throws IOException {
        write("owned", "x");
        Assumptions.assumeTrue(ids(data).equals("0:0"), "not root: owners cannot be set");
        Files.setAttribute(data.resolve("owned"), "unix:uid", (int) 4_000_000_000L);
        Files.setAttribute(data.resolve("owned"), "unix:gid", 2_100_000);

        save();
        restore.toStaging(archive, temp.resolve("staging"), Limits.USUAL);

        assertThat(ids(temp.resolve("staging/data/owned"))).isEqualTo("4000000000:2100000");
    }

    @Test
    void the_manifest_tells_where_and_what() throws IOException {
        write("plain.txt", "hello");

        save();
        Manifest manifest = backup.verify(archive);

        assertThat(manifest.release()).isEqualTo("v1.1.314");
        assertThat(manifest.host()).isEqualTo("host-a");
        assertThat(manifest.tool()).isEqualTo("backout test");
        assertThat(manifest.archiveSha256()).isEqualTo(Sha256.of(Files.readAllBytes(archive)));
        assertThat(manifest.archiveBytes()).isEqualTo(Files.size(archive));
        assertThat(manifest.entries())
                .extracting(Manifest.Entry::path)
                .containsExactly("data", "data/plain.txt");
        assertThat(manifest.entries().get(1).sha256())
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void archive_and_manifest_are_the_owners_alone_and_nothing_else_is_left() throws IOException {
        save();

        try (var left = Files.list(archive.resolveSibling("."))) {
            assertThat(left)
                    .allSatisfy(f ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(f)))
                                    .isEqualTo("rw-------"))
                    .hasSize(2);
        }
    }

    @Test
    void ten_thousand_small_files() throws IOException {
        int many = Effort.of(10_000);
        for (int i = 0; i < many; i++) {
            write("d" + i % 100 + "/f" + i, "content " + i);
        }

        save();

        assertThat(backup.verify(archive).entries()).hasSize(1 + 100 + many);
    }

    @Test
    void excluded_files_and_folders_stay_out() throws IOException {
        write("keep.txt", "1");
        write("app.log", "2");
        write("sub/other.log", "3");
        write("cache/deep/thing", "4");
        write("sub/cache/kept", "5");

        backup.write(
                sources(),
                archive,
                new Exclusions(List.of("*.log", "data/cache/**", "data/cach?")),
                BUDGET,
                "r");

        assertThat(backup.verify(archive).entries())
                .extracting(Manifest.Entry::path)
                .containsExactly(
                        "data",
                        "data/keep.txt",
                        "data/sub",
                        "data/sub/cache",
                        "data/sub/cache/kept");
    }

    @Test
    void pipes_are_skipped_with_a_warning() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", data.resolve("pipe").toString()).start().waitFor())
                .isZero();

        assertThat(save().warnings())
                .extracting(Phrase::toString)
                .containsExactly("data/pipe is a socket, pipe or device: skipped");
        assertThat(backup.verify(archive).entries()).hasSize(1);
    }

    @Test
    void a_file_that_changes_while_it_is_read_is_named_and_the_archive_is_sound()
            throws IOException {
        write("a-shrinks", "x".repeat(3 << 20));
        write("b-grows", "y".repeat(3 << 20));
        write("c-still", "z");
        var meddler = new Meddler();
        var meddled = backup(meddler, PLENTY);

        Backup.Written written = meddled.write(sources(), archive, Exclusions.NONE, BUDGET, "r");

        assertThat(written.warnings())
                .extracting(Phrase::toString)
                .containsExactly(
                        "data/a-shrinks changed while it was read: it is only crash-consistent",
                        "data/b-grows changed while it was read: it is only crash-consistent");
        assertThat(backup.verify(archive).entries().stream().filter(Manifest.Entry::changed))
                .hasSize(2);
    }

    /** A clock that is asked after every piece that was read, and then meddles with the file. */
    private final class Meddler implements InstantSource {
        private final AtomicLong asked = new AtomicLong();

        @Override
        public Instant instant() {
            asked.incrementAndGet();
            try (var shrinks =
                    Files.newByteChannel(data.resolve("a-shrinks"), StandardOpenOption.WRITE)) {
                if (asked.get() == 5) {
                    shrinks.truncate((1 << 20) + 5);
                }
                if (asked.get() > 8) {
                    Files.writeString(data.resolve("b-grows"), "more", StandardOpenOption.APPEND);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return Instant.EPOCH;
        }
    }

    @Test
    void a_file_that_vanishes_meanwhile_is_a_warning() throws IOException {
        write("a-first", "1");
        write("b-gone", "2");
        write("c-last", "3");
        var warnings = new ArrayList<Phrase>();
        var tree =
                new Tree(
                        Exclusions.NONE,
                        new Tree.Visitor() {
                            @Override
                            public void found(String name, Path path, Stat stat, Manifest.Kind kind)
                                    throws IOException {
                                if (path.endsWith("a-first")) {
                                    Files.delete(data.resolve("b-gone"));
                                }
                            }

                            @Override
                            public void found(Far far, Map<String, Far.Thing> things) {
                                throw new AssertionError("it lies here");
                            }
                        },
                        warnings,
                        Duration.ofMinutes(1));

        tree.walk(new Source("data", data));

        assertThat(warnings)
                .extracting(Phrase::toString)
                .containsExactly("data/b-gone vanished while the backup ran");
    }

    /** Whoever opens a pipe waits for a writer, and nobody can wake them. */
    @ParameterizedTest
    @ValueSource(strings = {"mkfifo", "mkdir", "ln -s /dev/zero"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void what_is_no_file_any_more_when_it_is_opened_is_skipped_with_a_warning(String makes)
            throws Exception {
        write("was-a-file", "x");
        Path path = data.resolve("was-a-file");
        Stat looked = Stat.of(path);
        Files.delete(path);
        var words = new ArrayList<>(List.of(makes.split(" ")));
        words.add(path.toString());
        assertThat(new ProcessBuilder(words).start().waitFor()).isZero();
        var guard = new Guard(InstantSource.system(), PLENTY, archive, BUDGET, _ -> {});
        try (var writer = new ArchiveWriter(OutputStream.nullOutputStream(), guard)) {
            writer.found("data/was-a-file", path, looked, Manifest.Kind.FILE);

            assertThat(writer.warnings())
                    .extracting(Phrase::toString)
                    .containsExactly(
                            "data/was-a-file became something else while the backup ran: skipped");
            assertThat(writer.entries()).isEmpty();
        }
    }

    @Test
    void a_file_that_is_gone_when_it_is_opened_is_told_as_gone() {
        assertThatThrownBy(() -> PlainFile.open(data.resolve("umlaut-ü-gone")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void a_source_that_is_missing_is_refused() {
        assertProblem(
                () ->
                        backup.write(
                                List.of(new Source("env", temp.resolve(".env"))),
                                archive,
                                Exclusions.NONE,
                                BUDGET,
                                "r"),
                ".env is not there, so it cannot be backed up");
    }

    @Test
    void a_backup_inside_what_it_saves_is_refused_also_through_a_link() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("elsewhere"), data);

        assertProblem(
                () ->
                        backup.write(
                                sources(), link.resolve("b.tar.zst"), Exclusions.NONE, BUDGET, "r"),
                "the backup would lie inside " + data);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void a_neighbour_whose_name_begins_alike_is_not_inside() throws IOException {
        Files.createDirectories(temp.resolve("app/data-backups"));

        backup.write(sources(), temp.resolve("app/data-backups/b"), Exclusions.NONE, BUDGET, "r");

        assertThat(temp.resolve("app/data-backups/b")).exists();
    }

    @Test
    void an_existing_backup_is_never_replaced() throws IOException {
        save();
        byte[] before = Files.readAllBytes(archive);

        assertProblem(this::save, "there is a backup of that name already");
        assertThat(archive).hasBinaryContent(before);
        assertThat(backup.verify(archive).entries()).hasSize(1);
    }

    @Test
    void too_little_room_is_refused_before_anything_is_written() throws IOException {
        write("file", "x".repeat(1000));

        assertThat(backup.estimate(sources(), Exclusions.NONE))
                .isEqualTo(new Backup.Estimate(1000, 2));
        assertProblem(
                () ->
                        backup(InstantSource.system(), _ -> 1199)
                                .write(sources(), archive, Exclusions.NONE, BUDGET, "r"),
                "the backup may need 1,200 bytes and 0 must stay free, but only 1,199 are free");
        backup(InstantSource.system(), _ -> 1200)
                .write(sources(), archive, Exclusions.NONE, BUDGET, "r");
        assertThat(archive).exists();
    }

    @Test
    void missing_inodes_are_refused() {
        Space none =
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
        assertProblem(
                () ->
                        backup(InstantSource.system(), none)
                                .write(sources(), archive, Exclusions.NONE, BUDGET, "r"),
                "no inodes are left");
    }

    @Test
    void a_disk_that_fills_up_meanwhile_stops_the_backup_and_leaves_nothing() throws IOException {
        Files.write(data.resolve("big"), new byte[65 << 20]);
        var looks = new AtomicLong();
        Space filling = _ -> looks.incrementAndGet() == 1 ? Long.MAX_VALUE : 10;

        assertProblem(
                () ->
                        backup(InstantSource.system(), filling)
                                .write(
                                        sources(),
                                        archive,
                                        Exclusions.NONE,
                                        new Backup.Budget(0, 100, Duration.ofMinutes(5)),
                                        "r"),
                "only 10 bytes are free, 100 must stay free");
        assertThat(archive.getParent()).isEmptyDirectory();
    }

    @Test
    void a_backup_that_takes_too_long_is_stopped_and_leaves_nothing() throws IOException {
        write("file", "x");
        var now = new AtomicLong();
        InstantSource racing = () -> Instant.ofEpochSecond(now.addAndGet(400));

        assertProblem(
                () ->
                        backup(racing, PLENTY)
                                .write(sources(), archive, Exclusions.NONE, BUDGET, "r"),
                "it took longer than 300 s");
        assertThat(archive.getParent()).isEmptyDirectory();
    }

    @Test
    void names_that_clash_are_refused() {
        var both = List.of(new Source("a", data), new Source("a/b", temp));

        assertProblem(
                () -> backup.write(both, archive, Exclusions.NONE, BUDGET, "r"),
                "would both be stored under a");
    }

    @Test
    void damage_anywhere_is_found() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] content = new byte[random.nextInt(9000)];
            random.nextBytes(content);
            Files.write(data.resolve("f" + i), content);
        }
        save();
        byte[] good = Files.readAllBytes(archive);
        for (int i = 0; i < 400; i += Effort.stride()) {
            byte[] bad = good.clone();
            int at = i < 30 ? i : i < 60 ? good.length - 1 - (i - 30) : random.nextInt(good.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(archive, bad);
            assertDamaged("seed " + seed + " flip at " + at);
        }
        for (int i = 0; i < 100; i += Effort.stride()) {
            int length = i < 30 ? good.length - 1 - i : random.nextInt(good.length);
            Files.write(archive, Arrays.copyOf(good, length));
            assertDamaged("seed " + seed + " cut to " + length);
        }
        Files.write(archive, Arrays.copyOf(good, good.length + 1));
        assertDamaged("one byte more");
        Files.write(archive, good);
        backup.verify(archive);
    }

    private void assertDamaged(String how) {
        assertThatThrownBy(() -> backup.verify(archive))
                .as(how)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the backup is damaged at ");
    }

    @Test
    void the_first_bad_entry_is_named() throws IOException {
        Random random = new Random(7);
        for (String name : List.of("a", "b", "c")) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            Files.write(data.resolve(name), content);
        }
        save();
        byte[] good = Files.readAllBytes(archive);

        Files.write(archive, Arrays.copyOf(good, good.length / 2));
        assertProblem(() -> backup.verify(archive), "the backup is damaged at data/b: ");

        good[good.length * 5 / 6] ^= 1;
        Files.write(archive, good);
        assertProblem(() -> backup.verify(archive), "the backup is damaged at data/c: ");
    }

    @Test
    void a_missing_or_foreign_manifest_is_refused() throws IOException {
        save();
        Path manifest = ManifestFile.of(archive);
        String good = Files.readString(manifest);

        Files.writeString(manifest, good.replace("\"format\" : 1", "\"format\" : 2"));
        assertProblem(
                () -> backup.verify(archive), "the manifest has format 2, this version knows 1");
        Files.writeString(manifest, good.substring(0, good.length() / 2));
        assertProblem(() -> backup.verify(archive), "the manifest cannot be read");
        Files.writeString(manifest, "{\"format\" : 1}");
        assertProblem(() -> backup.verify(archive), "the manifest cannot be read");
        Files.delete(manifest);
        assertProblem(() -> backup.verify(archive), "there is no manifest");
    }

    @Test
    void with_a_key_nothing_lies_there_in_clear_and_it_all_comes_back() throws IOException {
        write(".env", "PASSWORD=correct-horse-battery");
        var key = Optional.of(AgeKey.loadOrCreate(temp.resolve("state/key.txt")));
        var sealed = new Backup(InstantSource.system(), PLENTY, "h", "t", key);

        sealed.write(sources(), archive, Exclusions.NONE, BUDGET, "r");

        for (Path file : List.of(archive, ManifestFile.of(archive))) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .startsWith("age-encryption.org/v1\n")
                    .doesNotContain(".env");
        }
        assertThat(sealed.verify(archive).entries()).hasSize(2);
        new Restore(PLENTY, key).toStaging(archive, temp.resolve("staging"), Limits.USUAL);
        assertThat(temp.resolve("staging/data/.env")).hasContent("PASSWORD=correct-horse-battery");
        assertProblem(() -> backup.verify(archive), "the file is encrypted and no key was given");

        byte[] bytes = Files.readAllBytes(archive);
        for (int at : new int[] {30, 150, bytes.length - 1, bytes.length - 40}) {
            byte[] bad = bytes.clone();
            bad[at] ^= 1;
            Files.write(archive, bad);
            assertThatThrownBy(() -> sealed.verify(archive)).isInstanceOf(ProblemException.class);
        }
    }

    private Backup.Written save() {
        return backup.write(sources(), archive, Exclusions.NONE, BUDGET, "v1.1.314");
    }

    private List<Source> sources() {
        return List.of(new Source("data", data));
    }

    private static Backup backup(InstantSource clock, Space space) {
        return new Backup(clock, space, "host-a", "backout test", Optional.empty());
    }

    private void write(String name, String content) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private void mode(String name, String mode) throws IOException {
        Files.setPosixFilePermissions(data.resolve(name), PosixFilePermissions.fromString(mode));
    }

    private static void assertSame(Path one, Path other) throws IOException {
        Stat a = Stat.of(one);
        Stat b = Stat.of(other);
        assertThat(b.mode()).as(one.toString()).isEqualTo(a.mode());
        assertThat(b.type()).as(one.toString()).isEqualTo(a.type());
        if (Files.isSymbolicLink(one)) {
            assertThat(Files.readSymbolicLink(other)).isEqualTo(Files.readSymbolicLink(one));
            return;
        }
        assertThat(b.modified()).as(one.toString()).isEqualTo(a.modified());
        if (Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
            assertThat(other).hasSameBinaryContentAs(one);
        }
    }

    private static String ids(Path path) throws IOException {
        Stat stat = Stat.of(path);
        return stat.uid() + ":" + stat.gid();
    }

    static void assertProblem(ThrowingCallable act, String what) {
        assertThatThrownBy(act).isInstanceOf(ProblemException.class).hasMessageContaining(what);
    }
}
