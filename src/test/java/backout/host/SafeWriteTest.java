package backout.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.problem.ProblemException;
import backout.problem.Sha256;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

final class SafeWriteTest {
    private static final byte[] OLD = "old\r\n".getBytes(UTF_8);
    private static final byte[] NEW = "new 🚀".getBytes(UTF_8);
    private static final String OLD_SHA256 = Sha256.of(OLD);

    @TempDir Path directory;

    @Test
    void mode_and_owner_stay_and_nothing_is_left_beside_it() throws IOException {
        var file = file();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        if (isRoot()) {
            Files.setAttribute(file, "unix:uid", 12345);
            Files.setAttribute(file, "unix:gid", 54321);
        }
        var before = Files.readAttributes(file, "unix:uid,gid,mode");
        var written = SafeWrite.write(file, NEW, OLD_SHA256);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(Files.readAttributes(file, "unix:uid,gid,mode")).isEqualTo(before);
        assertThat(written.keptOld()).isNull();
        assertThat(names()).containsExactly("compose.yml");
    }

    @Test
    void a_file_that_somebody_edited_meanwhile_is_left_alone() throws IOException {
        var file = file();
        Files.writeString(file, "theirs");
        assertThatThrownBy(() -> SafeWrite.write(file, NEW, OLD_SHA256))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody edited it meanwhile; nothing was written");
        assertThat(file).hasContent("theirs");
        assertThat(names()).containsExactly("compose.yml");
    }

    @Test
    void a_link_stays_a_link_to_the_changed_file() throws IOException {
        var file = file();
        var link = Files.createSymbolicLink(directory.resolve("link.yml"), Path.of("compose.yml"));
        assertThat(SafeWrite.write(link, NEW, OLD_SHA256).file()).isEqualTo(file.toRealPath());
        assertThat(link).isSymbolicLink().hasBinaryContent(NEW);
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void a_second_name_of_the_file_sees_the_change_and_the_old_text_is_kept() throws IOException {
        var file = file();
        var second = Files.createLink(directory.resolve("second.yml"), file);
        var written = SafeWrite.write(file, NEW, OLD_SHA256);
        assertThat(second).hasBinaryContent(NEW);
        var kept = Objects.requireNonNull(written.keptOld());
        assertThat(kept).hasBinaryContent(OLD);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(written.sha256()).isEqualTo(Sha256.of(NEW));
    }

    @Test
    void an_old_text_that_is_kept_already_is_kept_again_whole() throws IOException {
        var file = file();
        Files.createLink(directory.resolve("second.yml"), file);
        var kept = Objects.requireNonNull(SafeWrite.write(file, NEW, OLD_SHA256).keptOld());
        Files.write(file, OLD);
        Files.writeString(kept, "cut off in the middle, and longer than the old text");
        assertThat(SafeWrite.write(file, NEW, OLD_SHA256).keptOld()).isEqualTo(kept);
        assertThat(kept).hasBinaryContent(OLD);
    }

    @Test
    void a_link_that_somebody_planted_where_the_old_text_goes_is_not_followed() throws IOException {
        var file = file();
        Files.createLink(directory.resolve("second.yml"), file);
        var victim = Files.writeString(directory.resolve("victim"), "theirs");
        var planted = directory.resolve("compose.yml.before-" + OLD_SHA256.substring(0, 12));
        Files.createSymbolicLink(planted, victim);

        var kept = Objects.requireNonNull(SafeWrite.write(file, NEW, OLD_SHA256).keptOld());

        assertThat(victim).hasContent("theirs");
        assertThat(Files.isSymbolicLink(kept)).isFalse();
        assertThat(kept).hasBinaryContent(OLD);
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void an_access_list_stays_as_it_is() throws Throwable {
        var file = file();
        assumeTrue(setAccessList(file), "not Linux, or a file system without access lists");
        Map<String, String> before = ExtendedAttributes.of(file);
        assertThat(before).containsKey("system.posix_acl_access");

        var written = SafeWrite.write(file, NEW, OLD_SHA256);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(ExtendedAttributes.of(file)).isEqualTo(before);
        assertThat(Objects.requireNonNull(written.keptOld())).hasBinaryContent(OLD);
    }

    @Test
    void what_somebody_noted_on_the_file_stays() throws IOException {
        var file = file();
        var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        assumeTrue(view != null, "a file system without user attributes");
        view.write("owner", UTF_8.encode("team-a"));
        SafeWrite.write(file, NEW, OLD_SHA256);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(ExtendedAttributes.of(file)).containsKey("user.owner");
    }

    @Test
    void a_file_that_is_a_mount_of_its_own_is_written_in_place() throws Exception {
        var file = file();
        var source = Files.write(directory.resolve("source.yml"), OLD);
        assumeTrue(
                isRoot() && run("mount", "--bind", source.toString(), file.toString()) == 0,
                "not root or no right to mount: no bind mount to write through");
        try {
            var written = SafeWrite.write(file, NEW, OLD_SHA256);
            assertThat(source).hasBinaryContent(NEW);
            assertThat(Objects.requireNonNull(written.keptOld())).hasBinaryContent(OLD);
            assertThat(names()).noneMatch(name -> name.endsWith(".new"));
        } finally {
            assertThat(run("umount", file.toString())).isZero();
        }
    }

    @Test
    void a_disk_that_becomes_full_in_the_middle_leaves_the_old_text() throws Exception {
        var disk = Files.createDirectory(directory.resolve("disk"));
        // three pages: the file, the old text beside it, and too little for three new ones
        assumeTrue(
                isRoot()
                        && run("mount", "-t", "tmpfs", "-o", "size=12k", "none", disk.toString())
                                == 0,
                "not root or no right to mount: no disk that becomes full");
        try {
            var file = Files.write(disk.resolve("compose.yml"), OLD);
            var big = "#".repeat(12 * 1024).getBytes(UTF_8);
            assertNoSpace(file, big);
            assertThat(disk).isDirectoryNotContaining("glob:**.new");
            Files.createLink(disk.resolve("second.yml"), file);
            assertNoSpace(file, big);
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static void assertNoSpace(Path file, byte[] content) {
        assertThatThrownBy(() -> SafeWrite.write(file, content, OLD_SHA256))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No space left on device; it holds what it held");
        assertThat(file).hasBinaryContent(OLD);
    }

    @Test
    void folders_pipes_dead_links_and_missing_files_are_refused() throws Exception {
        var dead = Files.createSymbolicLink(directory.resolve("dead"), Path.of("nothing"));
        var pipe = directory.resolve("pipe");
        assertThat(run("mkfifo", pipe.toString())).isZero();
        for (var path : List.of(directory, dead, pipe, directory.resolve("none"))) {
            assertThatThrownBy(() -> SafeWrite.write(path, NEW, OLD_SHA256))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nothing was written");
        }
    }

    private Path file() throws IOException {
        return Files.write(directory.resolve("compose.yml"), OLD);
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** As {@code setfacl -m u:12345:rw-,g::r--} does: acl(5), in the form of posix_acl_xattr.h. */
    @SuppressWarnings("restricted")
    private static boolean setAccessList(Path file) throws Throwable {
        int[][] entries = {{1, 6, -1}, {2, 6, 12345}, {4, 4, -1}, {16, 6, -1}, {32, 4, -1}};
        var list = ByteBuffer.allocate(4 + 8 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
        list.putInt(2);
        for (int[] entry : entries) {
            list.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        var linker = Linker.nativeLinker();
        var found = linker.defaultLookup().find("setxattr");
        if (found.isEmpty()) {
            return false;
        }
        var takes =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT);
        try (var arena = Arena.ofConfined()) {
            return (int)
                            linker.downcallHandle(found.get(), takes)
                                    .invokeExact(
                                            arena.allocateFrom(file.toString()),
                                            arena.allocateFrom("system.posix_acl_access"),
                                            arena.allocateFrom(ValueLayout.JAVA_BYTE, list.array()),
                                            (long) list.capacity(),
                                            0)
                    == 0;
        }
    }

    private static boolean isRoot() {
        return Objects.equals(System.getProperty("user.name"), "root");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
