package backout.supervisor;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.host.Host;
import backout.run.Deadline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Two releases of a small service of Node, the second one current, on this machine. It answers with
 * its release, its folder and the names of variables that it was asked for.
 */
final class Deployed implements AutoCloseable {
    private static final String APP =
            """
            const fs = require('fs'), http = require('http')
            http.createServer((q, r) => r.end(JSON.stringify({release: %d, cwd: process.cwd(),
              argv: process.argv.slice(2), feature: process.env.FEATURE_X, secret: process.env.APP_SECRET,
              umask: process.umask()})))
              .listen(process.env.PORT, '127.0.0.1', () => console.log('listens'))
            """;

    final Path top = real(Folders.make("deployed"));
    final Path room = top.resolve("shared/backout");
    final int port = Await.freePort();
    final Host host = Host.local();
    final Supervisors supervisors = new Supervisors(host, Thread::sleep);

    Deployed() {
        Needs.program("node");
        write("releases/1/app.js", APP.formatted(1));
        write("releases/2/app.js", APP.formatted(2));
        current(2);
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path release(int number) {
        return top.resolve("releases/" + number);
    }

    Path write(String name, String text) {
        try {
            Path file = top.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void current(int number) {
        sh("ln -sfn releases/" + number + " " + top.resolve("current"));
    }

    /** In the top folder. */
    String sh(String script) {
        return new Cli(top, Map.of("PORT", Integer.toString(port), "APP_SECRET", "geheim-4711"))
                .run("sh", "-c", script);
    }

    /** Starts it as people do without a supervisor. */
    void start(String line) {
        sh("(" + line + " </dev/null >>" + top.resolve("log") + " 2>&1 &)");
        Await.until("it serves", this::serves);
    }

    Found find() {
        return supervisors.find(top, OptionalInt.of(port));
    }

    Supervisor only() {
        Found found = find();
        if (found.owners().size() != 1 || !found.against().isEmpty()) {
            throw new AssertionError(found);
        }
        return found.owners().getFirst();
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(2), System::nanoTime);
    }

    /** By asking: whoever tried to listen there could be in its way just then. */
    boolean serves() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (ConnectException nobody) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says, when it serves. */
    String answer() {
        Await.until("it serves", this::serves);
        try (var in = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a journal does. */
    Supervisor afterRestart(Supervisor one) {
        return supervisors.of(Map.copyOf(one.texts()));
    }

    @Override
    public void close() {
        Processes now = Processes.of(host);
        now.all().values().stream()
                .filter(one -> Supervisors.isIn(one, java.util.List.of(top)))
                .forEach(one ->
                        ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
        Folders.delete(top);
    }
}
