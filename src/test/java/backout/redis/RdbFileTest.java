package backout.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class RdbFileTest {
    @TempDir Path temp;

    @Test
    void the_checksum_is_the_one_of_redis() {
        var crc = new Crc64();
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);

        crc.add(bytes, 0, bytes.length);

        assertThat(crc.value()).isEqualTo(0xe9c6d914c4b8d9caL);
    }

    @Test
    void the_checksum_does_not_depend_on_how_the_bytes_arrive() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] bytes = new byte[5000];
        random.nextBytes(bytes);
        var whole = new Crc64();
        whole.add(bytes, 0, bytes.length);
        var pieces = new Crc64();
        for (int at = 0; at < bytes.length; ) {
            int n = Math.min(bytes.length - at, 1 + random.nextInt(40));
            pieces.add(bytes, at, n);
            at += n;
        }

        assertThat(pieces.value()).as("seed " + seed).isEqualTo(whole.value());
    }

    @Test
    void every_flip_and_every_cut_is_found() throws IOException {
        Path dump = dump();
        byte[] good = Files.readAllBytes(dump);
        assertThat(RdbFile.check(dump)).isEqualTo(new RdbFile(10, good.length, true));
        assertThat(RdbFile.header(good, "x")).isEqualTo(10);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertDamaged(bad, "flip at " + at);
            assertDamaged(Arrays.copyOf(good, at), "cut to " + at);
        }
        assertDamaged(Arrays.copyOf(good, good.length + 1), "one byte more");
    }

    @Test
    void a_dump_without_a_checksum_is_told_apart() throws IOException {
        assertThat(RdbFile.check(dump("--rdbchecksum", "no")).checksummed()).isFalse();
    }

    private Path dump(String... options) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("redis"));
        try (var redis = RedisProcess.start(folder, options)) {
            redis.say("SET a 1", "SET b hello", "SAVE");
        }
        return folder.resolve("dump.rdb");
    }

    private void assertDamaged(byte[] bytes, String how) throws IOException {
        Path file = Files.write(temp.resolve("bad.rdb"), bytes);
        assertThatThrownBy(() -> RdbFile.check(file))
                .as(how)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the Redis dump cannot be used: ");
    }
}
