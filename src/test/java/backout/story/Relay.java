package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.chat.discord.DiscordChat;
import backout.chat.slack.SlackChat;
import backout.config.SiteLoader;
import backout.docker.RegistryLogins;
import backout.executor.compose.ComposeExecutor;
import backout.fixture.Await;
import backout.fixture.ComposeSite;
import backout.fixture.Folders;
import backout.fixture.Kinds;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Executors;
import backout.run.RunId;
import backout.run.Runner;
import backout.store.sql.SqlStore;
import backout.watch.LedgerWatch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A site with one real compose project, and a Backout set up for it. */
public final class Relay implements AutoCloseable {
    static final TargetName NAME = new TargetName("compose", "claude-relay");

    public final ComposeSite site;
    final Path home = Folders.make("relay-home");
    private final RelayImages images;
    private final String docker;
    private String repositories;
    private String more = "";
    private Path dockerConfig = RegistryLogins.folder(System.getenv());
    private @Nullable Hosts hosts;

    /** Its project runs this release, as well as it can. */
    public Relay(Release release) {
        this(
                ComposeSite.running(Release.GOOD),
                RelayImages.shared(),
                "unix:///var/run/docker.sock");
        if (release != Release.GOOD) {
            deploy(release);
        }
    }

    /** Somebody brings another release up; returns when it shows what it is like. */
    Relay deploy(Release release) {
        site.upgradeTo(images.of(release));
        Await.until(release + " shows", () -> shows(release));
        return this;
    }

    private boolean shows(Release release) {
        if (release == Release.CRASH_LOOP) {
            return !site.inspect(ComposeSite.RELAY, "{{.RestartCount}}").equals("0");
        }
        try {
            return !site.get("/health").body().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    Relay(ComposeSite site, String docker) {
        this(site, RelayImages.shared(), docker);
    }

    /** Around a site that is there already; it is closed with this. */
    public Relay(ComposeSite site, RelayImages images, String docker) {
        this.site = site;
        this.images = images;
        this.repositories = images.repository();
        this.docker = docker;
        listen(Await.freePort(), Await.freePort());
        write(
                "config/people.yml",
                """
                people:
                  anna: {level: L1}
                  ben: {level: L2}
                """);
        policy(0);
        target("");
        copyCommands();
    }

    private String bot() {
        return "language: en\nstore:\n  dir: "
                + home.resolve("var")
                + "\ndocker:\n  address: "
                + docker
                + "\n";
    }

    public Path home() {
        return home;
    }

    /** Another file of its configuration. */
    public Relay config(String name, String text) {
        write("config/" + name, text);
        return this;
    }

    /** Its bot listens on these ports of the loopback. */
    public Relay listen(int publicPort, int privatePort) {
        return config(
                "backout.yml",
                bot()
                        + "listen: {public: \"127.0.0.1:"
                        + publicPort
                        + "\", private: \"127.0.0.1:"
                        + privatePort
                        + "\"}\n");
    }

    /** How many people besides the requester must say yes. */
    public Relay policy(int votes) {
        return policy(votes, "5m");
    }

    /** And how long the bot waits for an answer to its own question. */
    Relay policy(int votes, String askWithin) {
        write(
                "config/approvals.yml",
                """
                policies:
                  production:
                    votes: %d
                    from: L1
                    confirm-within: 5m
                    approve-within: 5m
                    ask-within: %s
                """
                        .formatted(votes, askWithin));
        return this;
    }

    /** The repositories that the target may run, instead of that of the images. */
    public Relay repositories(String... names) {
        repositories = String.join(", ", names);
        return target(more);
    }

    /** Its bot knows the registry logins of this folder. */
    Relay dockerConfig(Path folder) {
        dockerConfig = folder;
        return this;
    }

    /** Its bot reaches these machines too. */
    public Relay reaching(Hosts others) {
        hosts = others;
        return this;
    }

    /** Further keys of the target, as they would stand in its file. */
    public Relay target(String more) {
        this.more = more;
        Path key = write("api-key", site.apiKey());
        write(
                "config/targets.yml",
                """
                targets:
                  compose/claude-relay:
                    policy: production
                    good-after: 1m
                    soak: 0s
                    checks:
                      - GET {url}/health [BODY].components.redis.status == healthy within 8s
                      - GET {url}/api/v1/models as {api-key} [STATUS] == 200
                    project: %s
                    service: claude-relay
                    url: %s
                    images: [%s]
                    secrets:
                      api-key: file:%s
                %s
                """
                        .formatted(site.project(), site.url(), repositories, key, more.indent(4)));
        return this;
    }

    private void copyCommands() {
        try (var files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                write(
                        "commands/" + file.getFileName(),
                        Files.readString(file).replace("within 60s", "within 8s"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        try {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The release was seen and its checks held: what the ledger watch would have noted. */
    public Relay provenGood(Release release) {
        return proven(images.idOf(release), images.of(release), release.version());
    }

    /** The same of an image that these images do not know. */
    public Relay proven(String id, String image, String version) {
        return seen(id, image, version).note(new TargetEvent.FoundGood(now(), id, version));
    }

    /** A release ran here once, and nobody knows how well. */
    Relay seen(String id, String image, String version) {
        String tag = image.replaceFirst("@.*", "").replaceFirst(".*:", "");
        return note(new TargetEvent.Seen(now(), id, image, tag, version));
    }

    Relay note(TargetEvent... events) {
        try (var store = store()) {
            store.journal().append(NAME, List.of(events));
        }
        return this;
    }

    /** What is known of its releases. */
    backout.plan.Ledger ledger() {
        try (var store = store()) {
            return backout.plan.Ledger.of(store.journal().read(NAME));
        }
    }

    static Instant now() {
        return InstantSource.system().instant();
    }

    /** Anna asks for it, and has confirmed. */
    public Seat asks(String words) {
        return seat().start("run", words, "--as", "anna", "--yes");
    }

    String composeText() {
        try {
            return Files.readString(site.composeFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void composeText(String text) {
        try {
            Files.writeString(site.composeFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a rollback that does nothing must leave alone. */
    record Sight(String composeText, String relay, String redis) {}

    Sight sight() {
        return new Sight(
                composeText(),
                site.containerId(ComposeSite.RELAY),
                site.containerId(ComposeSite.REDIS));
    }

    /** The tags that keep images from being pruned. */
    List<String> protectiveTags() {
        return site.engine()
                .attempt(
                        "images",
                        "--format",
                        "{{.Repository}}:{{.Tag}}",
                        "--filter",
                        "reference=" + images.repository() + ":backout-*")
                .output()
                .lines()
                .sorted()
                .toList();
    }

    /** All files below the folder of backups. */
    List<Path> backups() {
        Path folder = home.resolve("var/backups");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One container for each service and none besides; a plain up would do nothing. */
    void assertSettled(String redis) {
        String ofProject = "label=com.docker.compose.project=" + site.project();
        String all = site.engine().docker("ps", "--all", "--quiet", "--filter", ofProject);
        assertThat(all.lines()).hasSize(2);
        assertThat(site.containerId(ComposeSite.REDIS)).isEqualTo(redis);
        assertThat(site.labelHash(ComposeSite.RELAY))
                .isEqualTo(site.composeHash(ComposeSite.RELAY));
    }

    void assertRuns(Release release) {
        assertThat(site.imageId(ComposeSite.RELAY)).isEqualTo(images.idOf(release));
    }

    /** Keeps the project's files as this release's, as is done when a release is found good. */
    Relay filesKept(Release release) {
        var loader = new SiteLoader(Kinds.SHIPPED, List.of(SlackChat.KEYS, DiscordChat.KEYS));
        var site = loader.load(home.resolve("commands"), home.resolve("config")).site();
        String kept = executor().keep(site.target(NAME).orElseThrow()).orElseThrow();
        return note(new TargetEvent.FilesKept(now(), images.idOf(release), kept));
    }

    String engineId(String image) {
        return site.engine().docker("image", "inspect", "--format", "{{.Id}}", image).strip();
    }

    /** The watch of a serving bot looks once. */
    Relay watched() {
        var loader = new SiteLoader(Kinds.SHIPPED, List.of(SlackChat.KEYS, DiscordChat.KEYS));
        var site = loader.load(home.resolve("commands"), home.resolve("config")).site();
        var executors = new Executors(Map.of("compose", executor()), InstantSource.system());
        var clock = InstantSource.system();
        try (var store = store()) {
            var runner =
                    new Runner(
                            site,
                            executors,
                            store.journal(),
                            store.leases(),
                            clock,
                            System::nanoTime);
            new LedgerWatch(
                            () -> site,
                            executors,
                            runner,
                            store.journal(),
                            clock,
                            System::nanoTime,
                            () -> RunId.random(new java.security.SecureRandom()),
                            _ -> {})
                    .look(site.target(NAME).orElseThrow());
        }
        return this;
    }

    private ComposeExecutor executor() {
        if (hosts != null) {
            return ComposeExecutor.of(
                    new Workplace(
                            hosts,
                            docker,
                            home.resolve("var"),
                            InstantSource.system(),
                            System::nanoTime));
        }
        return ComposeExecutor.of(
                Workplace.local(
                        docker, home.resolve("var"), InstantSource.system(), System::nanoTime),
                dockerConfig);
    }

    Seat seat() {
        return new Seat(home, executor(), InstantSource.system());
    }

    /** The journal that its bot writes. */
    public SqlStore store() {
        return SqlStore.open(home.resolve("var"), InstantSource.system());
    }

    /** The run that was begun last. */
    RunId lastRun() {
        try (var store = store()) {
            return store.journal().recent(1).getFirst();
        }
    }

    @Override
    public void close() {
        List<String> tags = protectiveTags();
        site.close();
        tags.forEach(site.engine()::remove);
        Folders.delete(home);
    }
}
