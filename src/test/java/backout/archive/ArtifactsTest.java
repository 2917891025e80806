package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.problem.Sha256;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

class ArtifactsTest {
    private static final byte[] SECRET = "API_KEY=cr_0123456789".getBytes(StandardCharsets.UTF_8);

    @TempDir Path temp;

    private Path folder = Path.of("/");
    private Path key = Path.of("/");
    private Artifacts artifacts = new Artifacts(folder, key);

    @BeforeEach
    void folders() {
        folder = temp.resolve("state/artifacts");
        key = temp.resolve("state/key.txt");
        artifacts = new Artifacts(folder, key);
    }

    @Test
    void what_was_put_comes_back_and_lies_there_encrypted() throws IOException {
        Artifacts.Ref ref = artifacts.put("run-1", "env", SECRET);

        assertThat(read(ref)).isEqualTo(SECRET);
        Path file = folder.resolve(ref.path());
        assertThat(Files.size(file)).isEqualTo(ref.size());
        assertThat(Sha256.of(Files.readAllBytes(file))).isEqualTo(ref.sha256());
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n-> X25519 ")
                .doesNotContain("cr_0123456789");
    }

    @Test
    void files_and_folders_are_the_owners_alone() throws IOException {
        Artifacts.Ref ref = artifacts.put("run-1", "inspect.json", SECRET);

        assertThat(mode(folder)).isEqualTo("rwx------");
        assertThat(mode(folder.resolve("run-1"))).isEqualTo("rwx------");
        assertThat(mode(folder.resolve(ref.path()))).isEqualTo("rw-------");
        assertThat(mode(key)).isEqualTo("rw-------");
        try (var left = Files.walk(temp)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void putting_again_keeps_the_first_one() throws IOException {
        Artifacts.Ref first =
                artifacts.put("run-1", "compose.yml", "one".getBytes(StandardCharsets.UTF_8));
        Artifacts.Ref second =
                artifacts.put("run-1", "compose.yml", "two".getBytes(StandardCharsets.UTF_8));

        assertThat(read(first)).asString().isEqualTo("one");
        assertThat(read(second)).asString().isEqualTo("two");
    }

    @Test
    void equal_secrets_have_different_hashes() {
        assertThat(artifacts.put("run-1", "a", SECRET).sha256())
                .isNotEqualTo(artifacts.put("run-1", "a", SECRET).sha256());
    }

    @Test
    void any_flip_or_cut_is_refused_before_the_first_byte() throws IOException {
        Artifacts.Ref ref = artifacts.put("run-1", "a", new byte[200_000]);
        Path file = folder.resolve(ref.path());
        byte[] good = Files.readAllBytes(file);
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= 1;
            Files.write(file, bad);
            assertThatThrownBy(() -> read(ref))
                    .as("seed " + seed)
                    .hasMessageContaining("the artifact is not the one that was kept");
        }
        Files.write(file, Arrays.copyOf(good, 65_536));
        assertThatThrownBy(() -> read(ref))
                .hasMessageContaining("the artifact is not the one that was kept");
        Files.write(file, good);
        assertThat(read(ref)).hasSize(200_000);
    }

    @Test
    void age_itself_refuses_what_was_cut_at_a_chunk() throws IOException {
        Artifacts.Ref ref = artifacts.put("run-1", "a", new byte[200_000]);
        byte[] good = Files.readAllBytes(folder.resolve(ref.path()));
        int header = good.length - 200_000 - 4 * 16;
        byte[] cut = Arrays.copyOf(good, header + 65_536 + 16);

        assertThatThrownBy(() ->
                        AgeKey.load(key).decrypting(new ByteArrayInputStream(cut)).readAllBytes())
                .isInstanceOf(IOException.class);
    }

    @Test
    void another_key_cannot_read_it_and_a_lost_key_is_not_made_anew() throws IOException {
        Artifacts.Ref ref = artifacts.put("run-1", "a", SECRET);
        Files.move(key, temp.resolve("kept"));

        assertThatThrownBy(() -> read(ref))
                .hasMessageContaining("the key of the encrypted artifacts cannot be read");
        assertThat(key).doesNotExist();

        AgeKey.loadOrCreate(key);
        assertThatThrownBy(() -> read(ref)).hasMessageContaining("cannot read the artifact");
    }

    private Optional<String> warning() throws IOException {
        return LostKey.warning(key).map(Phrase::toString);
    }

    @Test
    void a_key_that_is_lost_is_not_made_anew_without_a_word() throws IOException {
        assertThat(warning()).as("the first one").isEmpty();
        Artifacts.Ref old = artifacts.put("run-1", "a", SECRET);
        assertThat(warning()).isEmpty();
        Files.move(key, temp.resolve("kept"));

        assertThat(warning().orElseThrow())
                .contains("the key " + key + " is gone", folder.resolve(old.path()).toString());

        AgeKey.loadOrCreate(key);
        assertThat(warning().orElseThrow())
                .contains("does not open what was sealed before", old.path());
        artifacts.put("run-2", "b", SECRET);
        assertThat(warning()).as("as long as the older ones are there").isPresent();
        artifacts.delete("run-1");
        assertThat(warning()).isEmpty();
    }

    @Test
    void backups_whose_key_is_lost_are_told_of_too() throws IOException {
        Path backup = temp.resolve("state/backups/relay/7F3KQ.tar.zst.age");
        artifacts.put("run-1", "a", SECRET);
        Files.createDirectories(backup.getParent());
        try (var files = Files.walk(folder)) {
            Files.copy(files.filter(Files::isRegularFile).findFirst().orElseThrow(), backup);
        }
        artifacts.delete("run-1");
        assertThat(warning()).isEmpty();
        Files.move(key, temp.resolve("kept"));

        assertThat(warning().orElseThrow()).contains(backup.toString());
        AgeKey.loadOrCreate(key);
        assertThat(warning().orElseThrow()).contains(backup.toString());
        Files.move(temp.resolve("kept"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(warning()).isEmpty();
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws IOException {
        artifacts.put("run-1", "a", SECRET);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> artifacts.put("run-1", "b", SECRET))
                .hasMessageContaining("chmod 600 " + key);
    }

    @Test
    void the_key_never_shows_itself() throws IOException {
        artifacts.put("run-1", "a", SECRET);

        assertThat(AgeKey.load(key)).hasToString("AgeKey[***]");
        assertThat(Files.readString(key))
                .contains("AGE-SECRET-KEY-1")
                .contains("# public key: age1");
    }

    @Test
    void many_first_users_end_with_one_key() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts =
                    IntStream.range(0, 20)
                            .mapToObj(i ->
                                    (Callable<Artifacts.Ref>)
                                            () -> artifacts.put("run-" + i, "a", SECRET))
                            .toList();
            for (var done : threads.invokeAll(puts)) {
                assertThat(read(done.get())).isEqualTo(SECRET);
            }
        }
    }

    @Test
    void large_ones_are_streamed() throws IOException {
        long size = 64L << 20;
        Artifacts.Ref ref = artifacts.put("run-1", "large", new Zeros(size));

        assertThat(ref.size()).isGreaterThan(size);
        try (var in = artifacts.get(ref)) {
            assertThat(in.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
        }
    }

    @Test
    void deleting_a_run_takes_all_of_it_and_nothing_else() throws IOException {
        Artifacts.Ref gone = artifacts.put("run-1", "a", SECRET);
        Artifacts.Ref stays = artifacts.put("run-2", "a", SECRET);
        Files.writeString(folder.resolve("run-1/left.partial"), "");

        artifacts.delete("run-1");
        artifacts.delete("run-1");

        assertThat(folder.resolve("run-1")).doesNotExist();
        assertThatThrownBy(() -> read(gone))
                .hasMessageContaining("cannot read the artifact run-1/a");
        assertThat(read(stays)).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc", "a\0", ".hidden", "ü"})
    void names_that_are_paths_are_refused(String name) {
        assertThatThrownBy(() -> artifacts.put(name, "a", SECRET))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> artifacts.put("run", name, SECRET))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> artifacts.delete(name))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> artifacts.get(new Artifacts.Ref("run/" + name, "0".repeat(64), 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_in_an_archive_are_the_same_in_any_locale() throws Exception {
        Set<String> names = Set.of("ü", "😀 x", "a?b", "%41", "日本");
        for (String name : names) {
            Files.writeString(EntryName.under(temp, name), name);
            assertThat(EntryName.last(EntryName.under(temp, name))).isEqualTo(name);
            assertThat(EntryName.target(EntryName.targetPath("../" + name)))
                    .isEqualTo("../" + name);
            assertThat(EntryName.target(EntryName.targetPath("/x/" + name)))
                    .isEqualTo("/x/" + name);
        }
    }

    private byte[] read(Artifacts.Ref ref) throws IOException {
        try (var in = artifacts.get(ref)) {
            return in.readAllBytes();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Hands out zeros without holding them. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(left, length);
            Arrays.fill(into, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
