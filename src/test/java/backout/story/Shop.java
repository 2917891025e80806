package backout.story;

import backout.Seat;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.config.SiteLoader;
import backout.demo.ImageContent;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Engine;
import backout.fixture.Folders;
import backout.fixture.Kinds;
import backout.fixture.Needs;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A compose project of any form with images of its own, and a Backout set up for its service {@code
 * web}. In every file {@code {p}} stands for the images' prefix, {@code {port}} for a free port.
 * Closing removes all of it.
 */
public final class Shop implements AutoCloseable {
    /** A compose file of {@code web} alone, which is asked at {@code {port}}. */
    static final String ONE_SERVICE =
            """
            services:
              web:
                image: {p}/web:2.0
                ports: ["127.0.0.1:{port}:3000"]
            """;

    static final TargetName WEB = new TargetName("compose", "web");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Engine engine = Engine.ofThisMachine();
    private final String prefix = "shop" + UUID.randomUUID().toString().substring(0, 8);
    private final Path home = Folders.make("shop-home");
    private final Path folder = Folders.make(prefix);
    private final int port = Await.freePort();
    private final List<String> images = new ArrayList<>();
    private String repositories = prefix + "/web";
    private String soak = "0s";
    private String service = "web";
    private List<String> options = List.of();

    public Shop() {
        config(
                "backout.yml",
                "language: en\nstore: {dir: %s}\nlisten: {private: '127.0.0.1:%d'}\n"
                        .formatted(home.resolve("var"), Await.freePort()));
        config("people.yml", "people:\n  li: {level: L1}\n  anna: {level: L2}\n");
        config("approvals.yml", "policies:\n  open: {votes: 0}\n");
        target("");
        within("8s");
    }

    /** A service that answers {@code /health} on 3000, as this version. */
    String image(String name, String version, String behaviour, String... changes) {
        String image = prefix + "/" + name + ":" + version;
        var content = ImageContent.relay(Needs.program("busybox"), version, behaviour);
        engine.importImage(
                content.tar(),
                image,
                Stream.concat(content.changes().stream(), Stream.of(changes))
                        .toArray(String[]::new));
        images.add(image);
        return image;
    }

    /** Good images of that name, one per version. */
    Shop images(String name, String... versions) {
        for (String version : versions) {
            image(name, version, "good");
        }
        return this;
    }

    String filled(String text) {
        return text.replace("{p}", prefix).replace("{port}", Integer.toString(port));
    }

    /** Writes a file of the project. */
    Shop file(String name, String text) {
        return write(folder.resolve(name), filled(text));
    }

    String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shop config(String name, String text) {
        return write(home.resolve("config").resolve(name), text);
    }

    /** The repositories that the target may run, instead of {@code {p}/web}. */
    Shop repositories(String names) {
        repositories = filled(names);
        return target("");
    }

    /** How long its checks go on after it is proven. */
    Shop soak(String time) {
        soak = time;
        return target("");
    }

    /** What the target compose/web is of, instead of {@code web}. */
    Shop service(String name) {
        service = name;
        return target("");
    }

    /** The target compose/web with further keys as they stand in its file. */
    Shop target(String more) {
        return target("127.0.0.1:" + port, more);
    }

    /** The same, asked at another address. */
    Shop target(String address, String more) {
        return config(
                "targets.yml",
                """
                targets:
                  compose/web:
                    policy: open
                    good-after: 5s
                    soak: %s
                    project: %s
                    service: %s
                    url: http://%s
                    images: [%s]
                %s
                """
                        .formatted(
                                soak,
                                prefix,
                                service,
                                address,
                                repositories,
                                filled(more).indent(4)));
    }

    private static Shop writeAll(Shop shop, Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Shop write(Path file, String text) {
        return writeAll(this, file, text);
    }

    /** How long a check may be otherwise. */
    Shop within(String time) {
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                write(
                        home.resolve("commands").resolve(file.getFileName()),
                        Files.readString(file).replace("within 60s", "within " + time));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Path folder() {
        return folder;
    }

    Path home() {
        return home;
    }

    Engine engine() {
        return engine;
    }

    String project() {
        return prefix;
    }

    int port() {
        return port;
    }

    /** What whoever deploys types before compose's verb. */
    Shop options(List<String> words) {
        options = List.copyOf(words);
        return this;
    }

    /** {@code docker compose} as somebody types it in the folder; must succeed. */
    String compose(String... words) {
        return compose(Map.of(), words);
    }

    /** The same from a shell that has these variables besides. */
    String compose(Map<String, String> shell, String... words) {
        return typed(shell).run(argv(words));
    }

    /** As a shell in the folder does it. */
    private Cli typed(Map<String, String> shell) {
        var all = new HashMap<>(Map.of("PWD", folder.toString()));
        all.putAll(shell);
        return new Cli(folder, all);
    }

    private String[] argv(String... words) {
        return Stream.of(
                        Stream.of("docker", "compose", "--project-name", prefix),
                        options.stream(),
                        Stream.of(words))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    Shop up() {
        return up(Map.of());
    }

    Shop up(Map<String, String> shell) {
        compose(shell, "up", "--detach");
        return this;
    }

    /** What a plain {@code up} would do: empty when nothing. */
    List<String> wouldDo() {
        return wouldDo(Map.of());
    }

    /** The same from a shell that has these variables besides. */
    List<String> wouldDo(Map<String, String> shell) {
        var dry = typed(shell).attempt(argv("up", "--detach", "--dry-run"));
        if (!dry.ok()) {
            throw new AssertionError(dry.complaint());
        }
        return (dry.output() + dry.complaint())
                .lines()
                .map(line -> line.replace("DRY-RUN MODE - ", "").strip())
                .filter(line -> !line.isEmpty() && !line.endsWith("Running"))
                .filter(line -> !line.startsWith("end of 'compose up' output"))
                .filter(line -> !line.contains("level=warning"))
                .toList();
    }

    String container(String service) {
        return prefix + "-" + service + "-1";
    }

    String inspect(String service, String format) {
        return engine.docker("inspect", "--format", format, container(service));
    }

    String imageId(String service) {
        return inspect(service, "{{.Image}}");
    }

    String idOf(String image) {
        return engine.docker("image", "inspect", "--format", "{{.Id}}", filled(image));
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

    Shop awaitHealthy() {
        Await.until("web is healthy", () -> health().contains("healthy"));
        return this;
    }

    private ComposeExecutor executor() {
        return ComposeExecutor.of(
                Workplace.local(
                        "unix:///var/run/docker.sock",
                        home.resolve("var"),
                        InstantSource.system(),
                        System::nanoTime));
    }

    Seat seat() {
        return new Seat(home, executor(), InstantSource.system());
    }

    /** {@code bot/backout plan WORDS}, ended. */
    Seat plan(String words) {
        var seat = seat();
        seat.run("plan", words);
        return seat;
    }

    /** Li asks for it and confirms, at the host; ended. */
    Seat rollback(String words) {
        var seat = seat();
        seat.run("run", words, "--as", "li", "--yes");
        return seat;
    }

    SqlStore store() {
        return SqlStore.open(home.resolve("var"), InstantSource.system());
    }

    /** The release was seen and its checks held: what the ledger watch would have noted. */
    Shop proven(String image) {
        String id = idOf(image);
        String tag = tag(image);
        return seen(image).note(new TargetEvent.FoundGood(now(), id, tag));
    }

    /** A release ran here, and nobody knows how well. */
    Shop seen(String image) {
        String tag = tag(image);
        return note(new TargetEvent.Seen(now(), idOf(image), filled(image), tag, tag));
    }

    private static String tag(String image) {
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    Shop note(TargetEvent... events) {
        try (var store = store()) {
            store.journal().append(WEB, List.of(events));
        }
        return this;
    }

    /** Keeps the project's files as is done when a release is found good. */
    Shop filesKept(String image) {
        var loader = new SiteLoader(Kinds.SHIPPED, List.of(SlackChat.KEYS, DiscordChat.KEYS));
        var site = loader.load(home.resolve("commands"), home.resolve("config")).site();
        String kept = executor().keep(site.target(WEB).orElseThrow()).orElseThrow();
        return note(new TargetEvent.FilesKept(now(), idOf(image), kept));
    }

    private void removeAll(String kind) {
        engine.attempt(
                        kind,
                        "ls",
                        "--quiet",
                        "--filter",
                        "label=com.docker.compose.project=" + prefix)
                .output()
                .lines()
                .forEach(id -> engine.attempt(kind, "rm", id));
    }

    @Override
    public void close() {
        var left =
                engine.docker(
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "label=com.docker.compose.project=" + prefix);
        left.lines().forEach(id -> engine.attempt("rm", "--force", "--volumes", id));
        List.of("network", "volume").forEach(this::removeAll);
        engine.attempt("images", "--format", "{{.Repository}}:{{.Tag}}")
                .output()
                .lines()
                .filter(name -> name.startsWith(prefix + "/"))
                .forEach(engine::remove);
        images.forEach(engine::remove);
        Folders.delete(folder);
        Folders.delete(home);
    }
}
