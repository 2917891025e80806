package backout.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.fixture.Await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A redis-server of a test's own, in its own folder on a free port, gone with the test. */
final class RedisProcess implements AutoCloseable {
    private static final Path BINARY = Path.of("/usr/bin/redis-server");

    private final Process process;
    private final Path folder;
    private final int port;

    private RedisProcess(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * @param options as in redis.conf: {@code "--appendonly", "yes"}
     */
    static RedisProcess start(Path folder, String... options) throws IOException {
        return start(folder, Await.freePort(), options);
    }

    static RedisProcess start(Path folder, int port, String... options) throws IOException {
        assumeTrue(Files.isExecutable(BINARY), "redis-server is not installed");
        var command =
                new ArrayList<>(
                        List.of(
                                BINARY.toString(),
                                "--port",
                                "" + port,
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                ""));
        command.addAll(List.of("--dir", folder.toString(), "--enable-debug-command", "yes"));
        command.addAll(Arrays.asList(options));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                folder.resolveSibling(folder.getFileName() + ".log").toFile())
                        .start();
        var started = new RedisProcess(process, folder, port);
        started.awaitListening();
        return started;
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    RedisAddress address() {
        return RedisAddress.of("127.0.0.1", port);
    }

    /** Asks in Redis' inline form over a fresh connection; one line of answer. */
    String say(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String answer = "";
            var in =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line : lines) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                answer = String.valueOf(in.readLine());
                if (answer.startsWith("-")) {
                    throw new IOException(line + ": " + answer);
                }
            }
            return answer;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        try {
            process.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isListening()) {
            if (System.nanoTime() > deadline || !process.isAlive()) {
                throw new IOException("redis-server did not come up on port " + port);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isListening() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
