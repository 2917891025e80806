package backout.bench;

import backout.fixture.Await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server process that is measured; it is ended when it is closed. */
record Contestant(String name, int port, Process process) implements AutoCloseable {
    static final String SIGNING_SECRET = "the-signing-secret-of-the-bench";

    /** Starts it and waits until its port answers. */
    static Contestant start(
            String name,
            int port,
            Path folder,
            Path log,
            Map<String, String> environment,
            List<String> argv) {
        Contestant contestant = begin(name, port, folder, log, environment, argv);
        Await.until(name + " listens", () -> contestant.listens(log));
        return contestant;
    }

    /** Starts it and waits for nothing. */
    static Contestant begin(
            String name,
            int port,
            Path folder,
            Path log,
            Map<String, String> environment,
            List<String> argv) {
        var builder =
                new ProcessBuilder(argv)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Contestant(name, port, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens(Path log) {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended, see " + log.getFileName());
        }
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Memory that it has in RAM, in MB; empty where the system does not tell. */
    Optional<Double> residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** With SIGKILL. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
