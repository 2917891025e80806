package backout.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.fixture.Await;
import backout.problem.ProblemException;
import backout.run.Pause;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

class RedisServerTest {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Pause POLL = time -> LockSupport.parkNanos(time.toNanos());

    @TempDir Path temp;

    private Path folder = Path.of("/");

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectory(temp.resolve("redis"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no"})
    void a_copied_snapshot_holds_every_key(String appendOnly) throws IOException {
        Path snapshot;
        try (var redis =
                        RedisProcess.start(
                                folder, "--appendonly", appendOnly, "--dbfilename", "kept.rdb");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 5000", "SELECT 3", "SET other 1");

            snapshot = server.snapshot(MINUTE, CLOCK, POLL);
        }

        assertThat(snapshot).isEqualTo(folder.toRealPath().resolve("kept.rdb"));
        Path copied = copy(snapshot);
        assertThat(RdbFile.check(copied).checksummed()).isTrue();
        try (var second =
                RedisProcess.start(copied.resolveSibling("."), "--dbfilename", "kept.rdb")) {
            assertThat(second.say("DBSIZE")).contains("5000");
            assertThat(second.say("SELECT 3", "DBSIZE")).contains("1");
        }
    }

    @Test
    void two_snapshots_in_one_second_are_two() throws IOException {
        try (var redis = RedisProcess.start(folder);
                var server = new RedisServer(redis.address(), ANSWER)) {
            for (int i = 1; i <= 5; i++) {
                redis.say("SET key" + i + " value");

                server.snapshot(MINUTE, CLOCK, POLL);

                assertThat(
                                Files.readString(
                                        folder.resolve("dump.rdb"), StandardCharsets.ISO_8859_1))
                        .contains("key" + i);
            }
        }
    }

    @Test
    void a_save_that_runs_already_is_waited_out_and_then_comes_ours() throws IOException {
        try (var redis = RedisProcess.start(folder, "--rdb-key-save-delay", "2000");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 300", "BGSAVE");
            redis.say("SET late 1");
            var pauses = new AtomicLong();
            Pause counted =
                    time -> {
                        pauses.incrementAndGet();
                        LockSupport.parkNanos(time.toNanos());
                    };

            server.snapshot(MINUTE, CLOCK, counted);

            assertThat(pauses.get()).isPositive();
            assertThat(Files.readString(folder.resolve("dump.rdb"), StandardCharsets.ISO_8859_1))
                    .contains("late");
        }
    }

    @Test
    void an_aof_rewrite_is_waited_out() throws IOException {
        try (var redis =
                        RedisProcess.start(
                                folder, "--appendonly", "yes", "--rdb-key-save-delay", "1000");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 500", "BGREWRITEAOF");
            assertThat(server.info().rewriting()).isTrue();

            server.snapshot(MINUTE, CLOCK, POLL);

            assertThat(RdbFile.check(folder.resolve("dump.rdb")).size()).isGreaterThan(500);
            assertThat(server.info().rewriting()).isFalse();
        }
    }

    @Test
    void a_snapshot_that_is_not_ready_in_time_is_a_problem() throws IOException {
        try (var redis = RedisProcess.start(folder, "--rdb-key-save-delay", "1000000");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 100");
            var now = new AtomicLong();
            InstantSource racing = () -> Instant.ofEpochSecond(now.addAndGet(20));

            assertProblem(
                    () -> server.snapshot(MINUTE, racing, _ -> {}),
                    "the snapshot was not ready within 60 s; Redis is still busy saving");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_problem_even_after_a_good_save() throws IOException {
        try (var redis = RedisProcess.start(folder);
                var server = new RedisServer(redis.address(), ANSWER)) {
            server.snapshot(MINUTE, CLOCK, POLL);
            takeAway(folder);

            assertProblem(
                    () -> server.snapshot(MINUTE, CLOCK, POLL),
                    "Redis could not write its snapshot (rdb_last_bgsave_status is not ok)");
        }
    }

    @Test
    void a_restart_in_the_middle_is_not_taken_for_the_end_of_the_save() throws IOException {
        int port = Await.freePort();
        try (var redis = RedisProcess.start(folder, port, "--rdb-key-save-delay", "1000000");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 100");
            var second = new ArrayList<RedisProcess>();
            Pause restart =
                    _ -> {
                        redis.close();
                        // its child holds the port until it comes to close it
                        Await.until("the port is free", () -> Await.isFree(port));
                        second.add(started(temp.resolve("again"), port));
                    };

            try {
                assertProblem(
                        () -> server.snapshot(MINUTE, CLOCK, restart),
                        "Redis was restarted while it saved");
            } finally {
                second.forEach(RedisProcess::close);
            }
        }
    }

    @Test
    void a_child_process_that_never_ends_is_a_problem_and_no_endless_loop() throws IOException {
        try (var busy =
                        new CannedRedis(
                                Map.of("BGSAVE", "-ERR Another child process is active\r\n"));
                var server = new RedisServer(busy.address(), ANSWER)) {
            var now = new AtomicLong();
            InstantSource racing = () -> Instant.ofEpochSecond(now.addAndGet(20));

            assertProblem(
                    () -> server.snapshot(MINUTE, racing, _ -> {}),
                    "the snapshot was not ready within 60 s; Redis is still busy with another"
                            + " child");
        }
    }

    @Test
    void a_save_that_redis_refuses_is_a_problem() throws IOException {
        try (var full = new CannedRedis(Map.of("BGSAVE", "-ERR cannot fork: no memory\r\n"));
                var server = new RedisServer(full.address(), ANSWER)) {
            assertProblem(
                    () -> server.snapshot(MINUTE, CLOCK, POLL),
                    "Redis did not start a background save: ERR cannot fork");
        }
    }

    @Test
    void an_interrupt_ends_the_waiting_and_is_kept() throws IOException {
        try (var redis = RedisProcess.start(folder, "--rdb-key-save-delay", "1000000");
                var server = new RedisServer(redis.address(), ANSWER)) {
            redis.say("DEBUG POPULATE 100");

            assertProblem(
                    () ->
                            server.snapshot(
                                    MINUTE,
                                    CLOCK,
                                    _ -> {
                                        throw new InterruptedException();
                                    }),
                    "the bot is being stopped");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_password_opens_and_a_wrong_one_does_not_and_neither_is_told() throws IOException {
        try (var redis = RedisProcess.start(folder, "--requirepass", "sesame-sesame")) {
            try (var server =
                    new RedisServer(
                            redis.address().withPassword("sesame-sesame"::toCharArray), ANSWER)) {
                assertThat(server.snapshot(MINUTE, CLOCK, POLL)).hasFileName("dump.rdb");
            }
            RedisAddress wrong = redis.address().withPassword("open-barley"::toCharArray);
            try (var server = new RedisServer(wrong, ANSWER)) {
                assertProblem(server::info, "Redis does not let us in: WRONGPASS");
                assertThat(wrong.toString()).doesNotContain("barley");
            }
            try (var server = new RedisServer(redis.address(), ANSWER)) {
                assertProblem(server::info, "Redis does not let us in: NOAUTH");
            }
        }
    }

    @Test
    void an_acl_user_with_the_few_rights_it_needs_is_enough() throws IOException {
        try (var redis = RedisProcess.start(folder)) {
            redis.say("ACL SETUSER keeper on >k33per ~* +ping +info +bgsave +config|get");
            redis.say("ACL SETUSER beggar on >b3ggar ~* +ping +info +bgsave");
            try (var server = new RedisServer(as(redis, "keeper", "k33per"), ANSWER)) {
                assertThat(server.snapshot(MINUTE, CLOCK, POLL)).hasFileName("dump.rdb");
            }
            try (var server = new RedisServer(as(redis, "beggar", "b3ggar"), ANSWER)) {
                assertProblem(
                        () -> server.snapshot(MINUTE, CLOCK, POLL),
                        "Redis refused CONFIG GET dir: NOPERM");
            }
        }
    }

    @Test
    void a_config_command_that_was_renamed_away_is_a_problem() throws IOException {
        try (var redis = RedisProcess.start(folder, "--rename-command", "CONFIG", "");
                var server = new RedisServer(redis.address(), ANSWER)) {
            assertProblem(() -> server.snapshot(MINUTE, CLOCK, POLL), "Redis refused CONFIG GET");
        }
    }

    @Test
    void nobody_there_is_a_problem() throws IOException {
        try (var server = new RedisServer(RedisAddress.of("127.0.0.1", Await.freePort()), ANSWER)) {
            assertProblem(server::info, "Redis did not answer INFO within 5000 ms");
        }
    }

    @Test
    void somebody_silent_is_a_problem_after_the_deadline() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var server =
                        new RedisServer(
                                RedisAddress.of("127.0.0.1", silent.getLocalPort()),
                                Duration.ofMillis(200))) {
            assertProblem(server::info, "Redis did not answer INFO within 200 ms");
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        Path key = temp.resolve("key.pem");
        Path certificate = temp.resolve("cert.pem");
        var made =
                new ProcessBuilder(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=localhost",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(temp.resolve("openssl.log").toFile())
                        .start();
        assertThat(made.waitFor()).isZero();
        int tlsPort = Await.freePort();
        var tls =
                new RedisAddress("127.0.0.1", tlsPort, Optional.empty(), Optional.empty(), 0, true);
        try (var redis =
                        RedisProcess.start(
                                folder,
                                "--tls-port",
                                "" + tlsPort,
                                "--tls-cert-file",
                                certificate.toString(),
                                "--tls-key-file",
                                key.toString(),
                                "--tls-auth-clients",
                                "no",
                                "--tls-ca-cert-file",
                                certificate.toString());
                var server = new RedisServer(tls, ANSWER)) {
            assertThat(redis.port()).isNotEqualTo(tlsPort);
            assertProblem(server::info, "unable to find valid certification path");
        }
    }

    /** Who tells it may be anybody: a volume's folder is no way to what lies beside it. */
    @Test
    void where_its_copy_lies_is_told_without_a_way_up() throws IOException {
        try (var sly =
                        new CannedRedis(
                                Map.of(
                                        "CONFIG dir",
                                        CannedRedis.pair("dir", "/data/../../etc"),
                                        "CONFIG dbfilename",
                                        CannedRedis.pair("dbfilename", "../x.rdb")));
                var server = new RedisServer(sly.address(), ANSWER)) {
            assertThat(server.dump()).isEqualTo(Path.of("/x.rdb"));
        }
    }

    @Test
    void an_answer_without_a_field_is_a_problem() {
        assertProblem(
                () -> RedisInfo.parse("run_id:x\r\nloading:0\r\n", "redis://x"),
                "INFO does not say rdb_bgsave_in_progress");
    }

    private static RedisProcess started(Path folder, int port) {
        try {
            return RedisProcess.start(Files.createDirectory(folder), port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static RedisAddress as(RedisProcess redis, String user, String password) {
        return new RedisAddress(
                "127.0.0.1",
                redis.port(),
                Optional.of(user),
                Optional.of(password::toCharArray),
                0,
                false);
    }

    /** Root may write anywhere, so a read-only folder stops nobody: this one is gone. */
    private static void takeAway(Path folder) throws IOException {
        Files.delete(folder.resolve("dump.rdb"));
        Files.delete(folder);
    }

    private Path copy(Path snapshot) throws IOException {
        Path copy = Files.createDirectory(temp.resolve("second")).resolve("kept.rdb");
        return Files.copy(snapshot, copy);
    }

    private static void assertProblem(ThrowingCallable act, String what) {
        assertThatThrownBy(act)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(what)
                .hasMessageNotContaining("barley");
    }
}
