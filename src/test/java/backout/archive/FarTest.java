package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.fixture.Needs;
import backout.fixture.OtherHost;
import backout.host.Command;
import backout.host.Host;
import backout.host.Result;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is saved of another machine. That machine is this one under another name. */
class FarTest {
    private static final Backup.Budget BUDGET = new Backup.Budget(1, 0, Duration.ofMinutes(5));
    private static final Space PLENTY = _ -> Long.MAX_VALUE;

    @TempDir Path temp;
    private Path data = Path.of("/");
    private Path archive = Path.of("/");

    private record There(Host host, Map<String, String> with) implements OtherHost {
        There(Map<String, String> with) {
            this(Host.local(), with);
        }

        @Override
        public String name() {
            return "ssh:there";
        }

        @Override
        public Result run(Command command) {
            return host.run(command.with(with));
        }
    }

    private final Host there = new There(Map.of());

    @BeforeEach
    void folders() throws IOException {
        data = Files.createDirectories(temp.resolve("app/data"));
        archive = temp.resolve("backups/b.tar.zst");
    }

    private void write(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void everything() throws IOException {
        write("plain.txt", "hello");
        write("d".repeat(120) + "/" + "e".repeat(200), "deep");
        write("umlaut-ü-😀", "name");
        write("with space and 'quotes'", "odd");
        write("-rf", "an option");
        write("a|b|c //", "our own marks");
        write("empty", "");
        write("sub/large", "x".repeat(3_000_000));
        write("sub/deeper/log.log", "left out");
        write("cache/a/b", "left out");
        Files.createSymbolicLink(data.resolve("link"), Path.of("plain.txt"));
        Files.createSymbolicLink(data.resolve("dead link"), Path.of("umlaut-ü-nothing"));
        Files.createLink(data.resolve("second name"), data.resolve("plain.txt"));
        Files.createLink(data.resolve("sub/third name"), data.resolve("plain.txt"));
        Files.setPosixFilePermissions(
                data.resolve("plain.txt"), PosixFilePermissions.fromString("rw-r-----"));
    }

    private Backup.Written save(Source source, Path to) {
        return backup().write(
                        List.of(source),
                        to,
                        new Exclusions(List.of("*.log", "data/cache/**")),
                        BUDGET,
                        "v1");
    }

    private Backup backup() {
        return new Backup(InstantSource.system(), PLENTY, "ssh:there", "t", Optional.empty());
    }

    private Source far(Host host) {
        return new Source("data", data, Optional.of(Far.of(host, data)));
    }

    /** What both ways of saving can say: a tar of busybox has whole seconds. */
    private static List<Manifest.Entry> entries(Backup.Written written) {
        return written.manifest().entries().stream()
                .map(one ->
                        new Manifest.Entry(
                                one.path(),
                                one.kind(),
                                one.size(),
                                one.mode(),
                                one.uid(),
                                one.gid(),
                                one.modified().truncatedTo(ChronoUnit.SECONDS),
                                one.sha256(),
                                one.target(),
                                one.changed()))
                .sorted((one, other) -> one.path().compareTo(other.path()))
                .toList();
    }

    @Test
    void what_lies_elsewhere_is_saved_as_if_it_lay_here() throws IOException {
        everything();
        write("two\nlines", "odd");
        write("back\\nslash", "odd");
        assertSavedAlike(there);
    }

    @Test
    void the_programs_of_busybox_will_do() throws IOException {
        everything();
        Path box = Path.of("/usr/bin/busybox");
        Assumptions.assumeTrue(Files.isExecutable(box), "no busybox");
        Path bin = Files.createDirectory(temp.resolve("bin"));
        for (String program : List.of("find", "stat", "tr", "grep")) {
            Files.createSymbolicLink(bin.resolve(program), box);
        }
        // busybox's shell would take its own tar, which Debian makes without -T, unlike Alpine
        Files.createSymbolicLink(bin.resolve("sh"), Path.of("/bin/sh"));
        Path tar =
                Files.writeString(
                        bin.resolve("tar"),
                        "#!/bin/sh\n[ \"$1\" = --version ] && exit 1\nexec /usr/bin/tar \"$@\"\n");
        Files.setPosixFilePermissions(tar, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertSavedAlike(new There(Map.of("PATH", bin.toString())));
    }

    @Test
    void a_machine_without_a_tar_that_will_do_is_told_before_anything_is_read() throws IOException {
        write("file", "a");
        Path bin = Files.createDirectory(temp.resolve("bare"));
        for (String program : List.of("find", "stat", "grep", "sh", "readlink")) {
            Files.createSymbolicLink(bin.resolve(program), Needs.program(program));
        }
        var bare = new There(Map.of("PATH", bin.toString()));

        assertThatThrownBy(() -> backup().estimate(List.of(far(bare)), Exclusions.NONE))
                .hasMessageContaining("no tar that takes -T")
                .hasMessageContaining("it takes sh, find, stat and tar on that machine");
    }

    private void assertSavedAlike(Host host) {
        Backup.Written here = save(new Source("data", data), temp.resolve("here/b.tar.zst"));
        Backup.Written written = save(far(host), archive);

        assertThat(entries(written)).isEqualTo(entries(here));
        assertThat(written.warnings()).isEmpty();
        assertThat(backup().verify(archive).host()).isEqualTo("ssh:there");
        assertThat(archive.resolveSibling(".")).isDirectoryContaining("glob:**b.tar.zst*");
        Backup.Estimate near =
                backup().estimate(List.of(new Source("data", data)), Exclusions.NONE);
        Backup.Estimate estimate = backup().estimate(List.of(far(host)), Exclusions.NONE);
        assertThat(estimate.files()).isEqualTo(near.files());
        assertThat(estimate.lengths()).isEqualTo(near.lengths());
    }

    @Test
    void a_file_alone_is_saved_too_and_what_its_link_leads_to() throws IOException {
        write("compose.yml", "services: {}");
        Path link = Files.createSymbolicLink(temp.resolve("link.yml"), data.resolve("compose.yml"));
        Backup.Written written =
                save(new Source("compose.yml", link, Optional.of(Far.of(there, link))), archive);
        assertThat(written.manifest().entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path()).isEqualTo("compose.yml");
                    assertThat(entry.kind()).isEqualTo(Manifest.Kind.FILE);
                    assertThat(entry.size()).isEqualTo(12);
                });
    }

    /** Something happens between the look and the reading. */
    private Far meanwhile(Runnable happens) {
        Far tree = Far.of(there, data);
        return new Far() {
            @Override
            List<Thing> look(Duration within) {
                return tree.look(within);
            }

            @Override
            String read(List<Thing> things, Duration within, Taker to) throws IOException {
                happens.run();
                return tree.read(things, within, to);
            }
        };
    }

    private List<String> warnings(Runnable happens) {
        var source = new Source("data", data, Optional.of(meanwhile(happens)));
        Backup.Written written = save(source, archive);
        backup().verify(archive);
        return written.warnings().stream().map(Phrase::toString).toList();
    }

    @Test
    void what_goes_or_changes_meanwhile_is_told() throws IOException {
        write("gone", "a");
        write("changed", "b");
        write("kept", "c");
        assertThat(
                        warnings(() -> {
                            delete("gone");
                            rewrite("changed", "longer than it was");
                        }))
                .containsExactlyInAnyOrder(
                        "data/gone vanished while the backup ran",
                        "data/changed changed while it was read: it is only crash-consistent");
        assertThat(backup().verify(archive).entries())
                .filteredOn(Manifest.Entry::changed)
                .extracting(Manifest.Entry::path)
                .containsExactly("data/changed");
    }

    @Test
    void what_became_something_else_is_skipped() throws IOException {
        write("file", "a");
        assertThat(
                        warnings(() -> {
                            delete("file");
                            link("file", "/etc/passwd");
                        }))
                .containsExactly("data/file became something else while the backup ran: skipped");
    }

    private void delete(String name) {
        unchecked(() -> Files.delete(data.resolve(name)));
    }

    private void rewrite(String name, String text) {
        unchecked(() -> Files.writeString(data.resolve(name), text));
    }

    private void link(String name, String target) {
        unchecked(() -> Files.createSymbolicLink(data.resolve(name), Path.of(target)));
    }

    private static void unchecked(Doing doing) {
        try {
            doing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Doing {
        void run() throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "folder"})
    void what_may_not_be_read_there_is_no_half_backup(String kind) throws IOException {
        write("folder/file", "secret");
        Path locked = data.resolve(kind.equals("file") ? "folder/file" : "folder");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
        Host nobody = new There(Map.of("PATH", asNobody() + ":/usr/bin:/bin"));
        try {
            assertThatThrownBy(() -> save(far(nobody), archive))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining(locked + " may not be read");
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(archive.resolveSibling(".")).isEmptyDirectory();
    }

    /** Root may read everything: its shell there is that of a user who may not. */
    private Path asNobody() throws IOException {
        Path bin = Files.createDirectory(temp.resolve("nobody"));
        Path shell =
                Files.writeString(
                        bin.resolve("sh"),
                        """
                        #!/bin/sh
                        PATH=/usr/bin:/bin
                        exec setpriv --reuid=65534 --clear-groups -- sh "$@"
                        """);
        Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
        return bin;
    }

    private static OutputStream begun(OutputStream out) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        var entry = new TarArchiveEntry("dump.rdb");
        entry.setSize(1_000_000);
        tar.putArchiveEntry(entry);
        tar.write("REDIS0009".getBytes(StandardCharsets.US_ASCII));
        tar.flush();
        return out;
    }

    @Test
    void a_line_that_is_cut_leaves_no_archive() {
        var tries = new ArrayList<String>();
        Far cut =
                Far.of((out, _) -> {
                    unchecked(() -> begun(out).flush());
                    tries.add("cut");
                    throw ProblemException.unseen(
                            Problem.of(Phrase.of("the line is cut"), Phrase.NONE));
                });
        assertThatThrownBy(() -> save(new Source("dump.rdb", data, Optional.of(cut)), archive))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the line is cut");
        assertThat(tries).hasSizeGreaterThan(1);
        assertThat(archive.resolveSibling(".")).isEmptyDirectory();
    }
}
