package backout.story;

import backout.Seat;
import backout.executor.container.ContainerExecutor;
import backout.fixture.Await;
import backout.fixture.Engine;
import backout.fixture.Folders;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.plan.Ledger;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Run;
import backout.store.sql.SqlStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A container as the guide's method 2 starts it, {@code docker run} with a Redis beside it, and a
 * Backout set up for it. Closing removes all of it.
 */
public final class Lone implements AutoCloseable {
    static final TargetName NAME = new TargetName("container", "relay");
    static final String SECRET = "hunter2-encrypts";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Engine engine = Engine.ofThisMachine();
    final RelayImages images = RelayImages.shared();
    final Path home = Folders.make("lone-home");
    final Path folder = Folders.make("lone");
    final String name = "lone-" + UUID.randomUUID().toString().substring(0, 8);
    final int port = Await.freePort();
    private final InstantSource clock = InstantSource.system();
    private String soak = "0s";
    private Hosts hosts = Hosts.local();

    Lone() {
        config(
                "backout.yml",
                "language: en\nstore: {dir: %s}\nlisten: {private: '127.0.0.1:%d'}\n"
                        .formatted(home.resolve("var"), Await.freePort()));
        config(
                "people.yml",
                "people:\n  li: {level: L1}\n  anna: {level: L2}\n  ben: {level: L2}\n");
        policy("votes: 0");
        target("");
        commands();
        engine.docker("network", "create", name);
        engine.docker(
                "run",
                "--detach",
                "--name",
                name + "-redis",
                "--network",
                name,
                "--network-alias",
                "redis",
                images.redis(),
                "redis-server");
    }

    /** With the release running as it can. */
    public Lone(Release release, String... options) {
        this();
        run(release, options);
    }

    Lone policy(String keys) {
        return config("approvals.yml", "policies:\n  open: {" + keys + "}\n");
    }

    Lone soak(String time) {
        soak = time;
        return target("");
    }

    Lone reaching(Hosts others) {
        hosts = others;
        return this;
    }

    Lone config(String file, String text) {
        return write(home.resolve("config").resolve(file), text);
    }

    Lone target(String more) {
        return config(
                "targets.yml",
                """
                targets:
                  container/relay:
                    policy: open
                    good-after: 5s
                    soak: %s
                    checks:
                      - GET {url}/health [BODY].components.redis.status == healthy within 8s
                    container: %s
                    url: http://127.0.0.1:%d
                    images: [%s]
                %s
                """
                        .formatted(soak, name, port, images.repository(), more.indent(4)));
    }

    private void commands() {
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                write(
                        home.resolve("commands").resolve(file.getFileName()),
                        Files.readString(file).replace("within 60s", "within 8s"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Lone write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The guide's long form; what was there before is removed. */
    public Lone run(Release release, String... options) {
        engine.attempt("rm", "--force", name);
        var words =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--detach",
                                "--name",
                                name,
                                "--restart",
                                "unless-stopped",
                                "--publish",
                                "127.0.0.1:" + port + ":3000",
                                "--volume",
                                folder.resolve("data") + ":/app/data",
                                "--volume",
                                folder.resolve("logs") + ":/app/logs",
                                "--env",
                                "JWT_SECRET=" + SECRET,
                                "--env",
                                "REDIS_HOST=redis",
                                "--network",
                                name));
        words.addAll(List.of(options));
        words.add(images.of(release));
        engine.docker(words.toArray(String[]::new));
        return this;
    }

    /** So that it removes itself when it ends. */
    Lone runOnce(Release release) {
        engine.docker(
                "run",
                "--detach",
                "--rm",
                "--name",
                name,
                "--network",
                name,
                "--publish",
                "127.0.0.1:" + port + ":3000",
                images.of(release));
        return this;
    }

    /** A release that ran well, as the ledger watch would have noted. */
    public Lone proven(Release release) {
        return seen(release)
                .note(new TargetEvent.FoundGood(now(), images.idOf(release), release.version()));
    }

    Lone seen(Release release) {
        return note(
                new TargetEvent.Seen(
                        now(),
                        images.idOf(release),
                        images.of(release),
                        release.version(),
                        release.version()));
    }

    private Instant now() {
        return clock.instant();
    }

    Lone note(TargetEvent... events) {
        try (var store = store()) {
            store.journal().append(NAME, List.of(events));
        }
        return this;
    }

    Ledger ledger() {
        try (var store = store()) {
            return Ledger.of(store.journal().read(NAME));
        }
    }

    Run lastRun() {
        try (var store = store()) {
            return Run.of(store.journal().read(store.journal().recent(1).getFirst()));
        }
    }

    SqlStore store() {
        return SqlStore.open(home.resolve("var"), clock);
    }

    ContainerExecutor executor() {
        return ContainerExecutor.of(
                new Workplace(
                        hosts,
                        "unix:///var/run/docker.sock",
                        home.resolve("var"),
                        clock,
                        System::nanoTime));
    }

    Seat seat() {
        return new Seat(home, executor(), clock);
    }

    Seat plan(String words, String... more) {
        var seat = seat();
        var all = new ArrayList<>(List.of("plan", words));
        all.addAll(List.of(more));
        seat.run(all.toArray(String[]::new));
        return seat;
    }

    /** Li asks for it and confirms, at the host; ended. */
    public Seat rollback(String words) {
        var seat = seat();
        seat.run("run", words, "--as", "li", "--yes");
        return seat;
    }

    public Engine engine() {
        return engine;
    }

    /** Of the container. */
    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    String inspect(String format) {
        return inspect(name, format);
    }

    String inspect(String container, String format) {
        return engine.docker("inspect", "--format", format, container);
    }

    public boolean runs(Release release) {
        return inspect("{{.Image}} {{.State.Running}}").equals(images.idOf(release) + " true");
    }

    List<String> containers() {
        return engine.docker("ps", "--all", "--format", "{{.Names}}", "--filter", "name=" + name)
                .lines()
                .filter(one -> !one.endsWith("-redis"))
                .sorted()
                .toList();
    }

    String health() {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public Lone awaitAnswer() {
        Await.until("it answers", () -> !health().startsWith("no answer"));
        return this;
    }

    @Override
    public void close() {
        engine.docker("ps", "--all", "--quiet", "--filter", "name=" + name)
                .lines()
                .forEach(id -> engine.attempt("rm", "--force", "--volumes", id));
        engine.attempt("network", "rm", name);
        engine.attempt(
                        "images",
                        "--format",
                        "{{.Repository}}:{{.Tag}}",
                        "--filter",
                        "reference=" + images.repository() + ":backout-*")
                .output()
                .lines()
                .forEach(engine::remove);
        Folders.delete(folder);
        Folders.delete(home);
    }
}
