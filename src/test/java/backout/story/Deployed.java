package backout.story;

import backout.Seat;
import backout.executor.source.SourceExecutor;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.fixture.Release;
import backout.fixture.SecondMachine;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service of Node that runs out of a folder, as the guide's method 3 has it, with a commit for
 * each release, and a Backout set up for it. Closing ends and removes all of it.
 */
public final class Deployed implements AutoCloseable {
    static final String SECRET = "hunter2-opens-redis";
    static final TargetName NAME = new TargetName("source", "relay");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String SERVER =
            """
            const fs = require('fs'), http = require('http');
            const {version, behaviour} = JSON.parse(fs.readFileSync('release.json', 'utf8'));
            if (behaviour === 'crash-loop') setTimeout(() => process.exit(1), 200);
            const redis = behaviour === 'redis-down' ? 'unhealthy' : 'healthy';
            if (redis === 'unhealthy') console.error('Error: no Redis for ' + process.env.REDIS_TOKEN);
            const body = JSON.stringify({status: 'healthy', version,
              env: fs.existsSync('.env') ? fs.readFileSync('.env', 'utf8').trim() : '',
              components: {redis: {status: redis}}});
            http.createServer((_, answer) => setTimeout(() => {
              answer.statusCode = behaviour === 'health-500' ? 500 : 200;
              answer.end(body);
            }, behaviour === 'slow' ? 2000 : 0)).listen(process.env.PORT, '127.0.0.1');
            """;

    final Path home = Folders.make("deployed-home");
    final Path root = Folders.make("deployed");
    final Path origin = root.resolve("origin");
    Path folder = root.resolve("app");
    final int port = Await.freePort();
    private final InstantSource clock = InstantSource.system();
    private final Map<Release, String> commits = new EnumMap<>(Release.class);
    private String soak = "0s";
    private String more = "";
    private String votes = "0";
    private Hosts hosts = Hosts.local();

    public Deployed() {
        git(root, "init", "--quiet", "--initial-branch=main", origin.toString());
        write(origin.resolve("server.js"), SERVER);
        write(origin.resolve(".gitignore"), "node_modules/\n.env\ndata/\nlogs/\n");
        for (Release release : Release.values()) {
            commit(release, Map.of());
        }
        config(
                "backout.yml",
                "language: en\nstore: {dir: %s}\nlisten: {private: '127.0.0.1:%d'}\n"
                        .formatted(home.resolve("var"), Await.freePort()));
        config(
                "people.yml",
                "people:\n  li: {level: L1}\n  anna: {level: L2}\n  ben: {level: L2}\n");
        configure();
        commands();
    }

    /** The commit of that release from now on. */
    Deployed commit(Release release, Map<String, String> files) {
        write(
                origin.resolve("release.json"),
                "{\"version\": \"%s\", \"behaviour\": \"%s\"}\n"
                        .formatted(release.version(), behaviour(release)));
        files.forEach((name, text) -> write(origin.resolve(name), text));
        git(origin, "add", "--all");
        git(origin, "commit", "--quiet", "--allow-empty", "--message", release.version());
        commits.put(release, git(origin, "rev-parse", "HEAD"));
        return this;
    }

    private static String behaviour(Release release) {
        return release.name().startsWith("GOOD")
                ? "good"
                : release.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String of(Release release) {
        return commits.getOrDefault(release, "");
    }

    static String git(Path in, String... words) {
        var argv = new ArrayList<>(List.of("git", "-C", in.toString()));
        argv.addAll(List.of("-c", "user.name=t", "-c", "user.email=t@example.org"));
        argv.addAll(List.of(words));
        return new Cli(Path.of("/"), Map.of()).run(argv.toArray(String[]::new));
    }

    /** As Capistrano leaves it: exports, a mirror, and a link to the one that is served. */
    public Deployed released(Release... releases) {
        git(root, "clone", "--quiet", "--bare", origin.toString(), folder + "/repo");
        for (Release release : releases) {
            Path into = folder.resolve("releases").resolve("2026-" + release.version());
            sh(
                    "mkdir -p %s && git -C %s archive %s | tar -x -C %s"
                            .formatted(into, origin, of(release), into));
            write(into.resolve("REVISION"), of(release) + "\n");
        }
        return turned(releases[releases.length - 1]);
    }

    public Deployed turned(Release release) {
        sh("ln -sfn releases/2026-%s %s/current".formatted(release.version(), folder));
        return this;
    }

    /** As a person clones it, and pulls it forward. */
    Deployed cloned(Release release) {
        git(root, "clone", "--quiet", origin.toString(), folder.toString());
        git(folder, "checkout", "--quiet", of(release));
        return this;
    }

    /** Out of the folder that is served, by a loop, as a person writes one. */
    public Deployed run() {
        Path served = Files.exists(folder.resolve("current")) ? folder.resolve("current") : folder;
        new Cli(served, surroundings())
                .run(
                        "sh",
                        "-euc",
                        "setsid sh -c 'while :; do node server.js; sleep 0.2; done' </dev/null >>"
                                + root.resolve("log")
                                + " 2>&1 &");
        return awaitProcess();
    }

    /** The variables that it is started with. */
    Map<String, String> surroundings() {
        return Map.of(
                "PORT",
                Integer.toString(port),
                "DATA",
                root.resolve("data").toString(),
                "REDIS_TOKEN",
                SECRET);
    }

    /** As somebody restarts it by hand. */
    public Deployed restart() {
        String all =
                handles().stream()
                        .map(one -> Long.toString(one.pid()))
                        .collect(Collectors.joining(" "));
        sh("kill %s; while kill -0 %s 2>/dev/null; do sleep 0.01; done".formatted(all, all));
        return run();
    }

    /** Each release needs so many seconds until it serves. */
    public Deployed booting(String seconds) {
        String slow = "while (process.uptime() < %s);\n%s".formatted(seconds, SERVER);
        for (Release release : List.of(Release.GOOD, Release.GOOD_2)) {
            commit(release, Map.of("server.js", slow));
        }
        return this;
    }

    public int port() {
        return port;
    }

    private Deployed awaitProcess() {
        Await.until("it runs", () -> !processes().isEmpty());
        return this;
    }

    public Deployed awaitAnswer() {
        Await.until("it answers", () -> !health().startsWith("no answer"));
        return this;
    }

    /** What serves from that folder of the other machine, instead. */
    Deployed reaching(Hosts others, SecondMachine machine, Path there) {
        hosts = others;
        folder = there;
        return config("hosts.yml", machine.described()).with("host: ssh:second\nfrom: host");
    }

    Deployed policy(String votes) {
        this.votes = votes;
        return configure();
    }

    Deployed with(String keys) {
        more = keys;
        return configure();
    }

    private Deployed configure() {
        config("approvals.yml", "policies:\n  open: {votes: %s}\n".formatted(votes));
        return config(
                "targets.yml",
                """
                targets:
                  source/relay:
                    policy: open
                    good-after: 5s
                    soak: %s
                    checks:
                      - GET {url}/health [BODY].components.redis.status == healthy within 8s
                    folder: %s
                    url: http://127.0.0.1:%d
                %s
                """
                        .formatted(soak, folder, port, more.indent(4)));
    }

    Deployed config(String file, String text) {
        return write(home.resolve("config").resolve(file), text);
    }

    private void commands() {
        try (Stream<Path> files = Files.list(Path.of("commands"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".yml")).toList()) {
                write(
                        home.resolve("commands").resolve(file.getFileName()),
                        Files.readString(file).replace("within 60s", "within 8s"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Deployed write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sh(String text) {
        return new Cli(Path.of("/"), Map.of()).run("sh", "-euc", text);
    }

    /** A release that ran well, as the ledger watch would have noted. */
    public Deployed proven(Release release) {
        return note(
                new TargetEvent.Seen(now(), of(release), of(release), "", release.version()),
                new TargetEvent.FoundGood(now(), of(release), release.version()));
    }

    private Instant now() {
        return clock.instant();
    }

    Deployed note(TargetEvent... events) {
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

    Seat seat() {
        return new Seat(
                home,
                SourceExecutor.of(
                        new Workplace(
                                hosts,
                                "unix:///var/run/docker.sock",
                                home.resolve("var"),
                                clock,
                                System::nanoTime)),
                clock);
    }

    Seat plan(String words, String... options) {
        var seat = seat();
        var all = new ArrayList<>(List.of("plan", words));
        all.addAll(List.of(options));
        seat.run(all.toArray(String[]::new));
        return seat;
    }

    /** Li asks for it and confirms, at the host; ended. */
    public Seat rollback(String words) {
        var seat = seat();
        seat.run("run", words, "--as", "li", "--yes");
        return seat;
    }

    /** The folders that processes of it are in. */
    List<Path> processes() {
        return handles().stream().map(Deployed::cwd).distinct().toList();
    }

    List<ProcessHandle> handles() {
        return ProcessHandle.allProcesses().filter(one -> cwd(one).startsWith(root)).toList();
    }

    private static Path cwd(ProcessHandle one) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + one.pid() + "/cwd"));
        } catch (IOException ended) {
            return Path.of("/");
        }
    }

    Path served() {
        try {
            Path link = folder.resolve("current");
            return Files.exists(link) ? link.toRealPath() : folder.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String health() {
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

    @Override
    public void close() {
        Await.until(
                "all are gone",
                () -> {
                    handles().forEach(ProcessHandle::destroyForcibly);
                    return handles().isEmpty();
                });
        Folders.delete(root);
        Folders.delete(home);
    }
}
