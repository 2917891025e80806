package backout.run;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Outcome.Result;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site of one target, a folder behind a link that is served by a real server, and its people. */
abstract class FolderSite {
    static final TargetName NAME = new TargetName("folder", "shop");
    static final Duration MINUTES = Duration.ofMinutes(10);

    @TempDir Path home;

    final HandClock clock = new HandClock();
    final MemoryLeases leases = new MemoryLeases(clock);
    MemoryJournal journal = new MemoryJournal(leases);
    HttpServer server;
    int runs;

    Duration soak = Duration.ZERO;
    RunEvent.Answer answer = RunEvent.Answer.KEEP;
    List<String> checks = List.of();

    /** Of the target. */
    Map<String, Object> settings = Map.of();

    Hands hands =
            (target, _, _, _) -> {
                throw new AssertionError(target + " has no hooks");
            };

    FolderSite() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void serve() throws IOException {
        for (String release : List.of("1.0", "2.0", "broken")) {
            Path folder = Files.createDirectories(home.resolve("releases").resolve(release));
            Files.writeString(folder.resolve("version"), release);
        }
        deploy("2.0");
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    void answer(HttpExchange asked) throws IOException {
        String version = Files.readString(home.resolve("current/version"));
        byte[] body = ("{\"version\": \"" + version + "\"}").getBytes(StandardCharsets.UTF_8);
        asked.sendResponseHeaders(version.equals("broken") ? 500 : 200, body.length);
        asked.getResponseBody().write(body);
        asked.close();
    }

    void deploy(String release) throws IOException {
        Files.deleteIfExists(home.resolve("current"));
        Files.createSymbolicLink(home.resolve("current"), Path.of("releases", release));
    }

    String served() throws IOException {
        return Files.readSymbolicLink(home.resolve("current")).getFileName().toString();
    }

    FolderKind kind() {
        return new FolderKind(home, new HttpProbe(Http.client(), _ -> Optional.empty()), clock);
    }

    Site site() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        var command =
                new CommandSpec(
                        "folder",
                        "",
                        Grammar.of("[TARGET] [to RELEASE]"),
                        "rollback",
                        "folder",
                        1,
                        List.of(),
                        List.of("folder.link"),
                        List.of(
                                "GET " + url + " [STATUS] == 200 within 5s",
                                "GET " + url + " [BODY].version == {version} within 5s"));
        var target =
                new Target(NAME, "local", "one", MINUTES, soak, checks, new Settings(settings));
        var emergency =
                new CommandSpec(
                        "emergency",
                        "",
                        Grammar.of("TARGET [to RELEASE]"),
                        "emergency",
                        "",
                        1,
                        List.of(),
                        List.of(),
                        List.of());
        return new Site(
                List.of(command, emergency),
                Map.of(NAME, target),
                Map.of(
                        "anna",
                        new Person("anna", 1, Map.of()),
                        "ben",
                        new Person("ben", 2, Map.of())),
                policies());
    }

    private static Map<String, Policy> policies() {
        var one =
                new Policy(
                        "one", 1, 1, MINUTES, MINUTES, MINUTES, false, List.of(), null, List.of(),
                        "", 2, 0, "alone");
        var alone = new Policy("alone", 0, 1, MINUTES, MINUTES, MINUTES, false);
        return Map.of("one", one, "alone", alone);
    }

    Runner runner(MemoryLeases process) {
        return new Runner(
                () -> site(),
                new Executors(Map.of("folder", kind()), clock, clock::pass, hands),
                journal,
                process,
                clock,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                clock::pass);
    }

    /** Asks, agrees to everything, and begins anew with another process whenever one dies. */
    Run rolledBack(String... to) {
        var id = new RunId("7F3K" + "QRST".charAt(runs++));
        return rolledBack(id, "folder", to.length == 0 ? Map.of() : Map.of("release", to[0]));
    }

    Run rolledBack(RunId id, String command, Map<String, String> values) {
        var request =
                new RunEvent.Requested(
                        clock.instant(),
                        id,
                        "delivery " + id,
                        "anna",
                        NAME,
                        command,
                        command + " shop",
                        "5xx",
                        values,
                        "");
        agree(() -> journal.begin(request));
        MemoryLeases process = leases.another();
        while (true) {
            try {
                switch (runner(process).drive(id)) {
                    case Parked.Over _ -> {
                        return run(id);
                    }
                    case Parked.Until _ -> agree(() -> agreed(run(id)));
                    case Parked.Elsewhere _, Parked.Halted _ ->
                            throw new AssertionError("run " + id + " does not go on");
                }
            } catch (Crash crash) {
                process.die();
                process = leases.another();
            }
        }
    }

    Run run(RunId id) {
        return Run.of(journal.read(id));
    }

    void agreed(Run run) {
        Instant now = clock.instant();
        String plan = run.plan().hash();
        if (run.question().isPresent()) {
            var said = new RunEvent.Answered(now, "ben", answer, "");
            journal.append(run.id(), run.version(), List.of(said), List.of(), null);
            return;
        }
        if (run.proven().isPresent()) {
            clock.pass(soak);
            return;
        }
        RunEvent yes =
                run.isConfirmed()
                        ? new RunEvent.Voted(now, new Vote(now, "ben", 2, true, plan, ""))
                        : new RunEvent.Confirmed(now, "anna", plan);
        journal.append(run.id(), run.version(), List.of(yes), List.of(), null);
    }

    static void agree(Runnable saying) {
        try {
            saying.run();
        } catch (Crash crash) {
            agree(saying);
        } catch (Journal.Overtaken saidAlready) {
            return;
        }
    }

    static Result result(Run run) {
        return run.outcome().orElseThrow().result();
    }
}
