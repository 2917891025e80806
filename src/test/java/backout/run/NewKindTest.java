package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.http.Http;
import backout.http.HttpProbe;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Outcome.Result;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A kind of targets that says only what differs, rolled back by the whole core: folders behind a
 * link, served by a real server.
 */
class NewKindTest {
    private static final TargetName NAME = new TargetName("folder", "shop");
    private static final Duration MINUTES = Duration.ofMinutes(10);

    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private MemoryJournal journal = new MemoryJournal(leases);
    private HttpServer server;
    private int runs;

    NewKindTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
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

    private void answer(HttpExchange asked) throws IOException {
        String version = Files.readString(home.resolve("current/version"));
        byte[] body = ("{\"version\": \"" + version + "\"}").getBytes(StandardCharsets.UTF_8);
        asked.sendResponseHeaders(version.equals("broken") ? 500 : 200, body.length);
        asked.getResponseBody().write(body);
        asked.close();
    }

    private void deploy(String release) throws IOException {
        Files.deleteIfExists(home.resolve("current"));
        Files.createSymbolicLink(home.resolve("current"), Path.of("releases", release));
    }

    private String served() throws IOException {
        return Files.readSymbolicLink(home.resolve("current")).getFileName().toString();
    }

    private FolderKind kind() {
        return new FolderKind(home, new HttpProbe(Http.client(), _ -> Optional.empty()), clock);
    }

    private Site site() {
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
                new Target(
                        NAME,
                        "local",
                        "one",
                        MINUTES,
                        Duration.ZERO,
                        List.of(),
                        new Settings(Map.of()));
        return new Site(
                List.of(command),
                Map.of(NAME, target),
                Map.of(
                        "anna",
                        new Person("anna", 1, Map.of()),
                        "ben",
                        new Person("ben", 2, Map.of())),
                Map.of("one", new Policy("one", 1, 1, MINUTES, MINUTES, MINUTES, false)));
    }

    private Runner runner(MemoryLeases process) {
        return new Runner(
                () -> site(),
                new Executors(Map.of("folder", kind()), clock, clock::pass),
                journal,
                process,
                clock,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                clock::pass);
    }

    /** Asks, agrees to everything, and begins anew with another process whenever one dies. */
    private Run rolledBack(String... to) {
        var id = new RunId("7F3K" + "QRST".charAt(runs++));
        Map<String, String> values = to.length == 0 ? Map.of() : Map.of("release", to[0]);
        var request =
                new RunEvent.Requested(
                        clock.instant(),
                        id,
                        "delivery " + id,
                        "anna",
                        NAME,
                        "folder",
                        "folder shop",
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

    private Run run(RunId id) {
        return Run.of(journal.read(id));
    }

    private void agreed(Run run) {
        Instant now = clock.instant();
        String plan = run.plan().hash();
        RunEvent yes =
                run.isConfirmed()
                        ? new RunEvent.Voted(now, new Vote(now, "ben", 2, true, plan, ""))
                        : new RunEvent.Confirmed(now, "anna", plan);
        journal.append(run.id(), run.version(), List.of(yes), List.of(), null);
    }

    private static void agree(Runnable saying) {
        try {
            saying.run();
        } catch (Crash crash) {
            agree(saying);
        } catch (Journal.Overtaken saidAlready) {
            return;
        }
    }

    private static Result result(Run run) {
        return run.outcome().orElseThrow().result();
    }

    @Test
    void the_release_that_is_named_comes_and_is_proven_and_the_next_time_it_is_chosen()
            throws IOException {
        runner(leases).sight(site().target(NAME).orElseThrow());
        Run named = rolledBack("1.0");

        assertThat(result(named)).isEqualTo(Result.PROVEN);
        assertThat(served()).isEqualTo("1.0");
        Plan plan = named.plan();
        assertThat(plan.from()).extracting(Plan.Shown::name).isEqualTo("2.0");
        assertThat(plan.warnings()).contains(Phrase.of("release {0} was never proven here", "1.0"));
        assertThat(plan.checks()).anyMatch(line -> line.contains("[BODY].version == 1.0"));
        assertThat(plan.undoChecks()).anyMatch(line -> line.contains("[BODY].version == 2.0"));

        Ledger ledger = Ledger.of(journal.read(NAME));
        runner(leases).sight(site().target(NAME).orElseThrow());
        assertThat(ledger.lock()).isPresent();
        deploy("2.0");
        Run chosen = rolledBack();
        assertThat(result(chosen)).isEqualTo(Result.PROVEN);
        assertThat(chosen.plan().why().toString()).startsWith("the last one whose checks held");
        assertThat(chosen.plan().warnings())
                .anyMatch(warning -> warning.toString().contains("is locked since run"));
        assertThat(Ledger.of(journal.read(NAME)).release("1.0"))
                .map(Release::standing)
                .contains(Release.Standing.GOOD);
    }

    @Test
    void what_makes_it_worse_is_taken_back() throws IOException {
        Run run = rolledBack("broken");

        assertThat(result(run)).isEqualTo(Result.UNDONE);
        assertThat(served()).isEqualTo("2.0");
    }

    @Test
    void what_is_not_there_and_what_runs_already_is_refused() throws IOException {
        assertThat(rolledBack("3.0").planProblem().orElseThrow().what().toString())
                .contains("there is no release \"3.0\"");
        assertThat(rolledBack("2.0").planProblem().orElseThrow().what().toString())
                .contains("is what runs now");
        assertThat(served()).isEqualTo("2.0");
    }

    @Test
    void it_ends_the_same_wherever_a_process_dies() throws IOException {
        for (String to : List.of("1.0", "broken")) {
            journal = new MemoryJournal(leases);
            Result smooth = result(rolledBack(to));
            runs = 0;
            boolean died = true;
            for (int at = 0; died; at++) {
                deploy("2.0");
                int[] left = {at};
                Consumer<String> dying =
                        where -> {
                            if (left[0]-- == 0) {
                                throw new Crash(where);
                            }
                        };
                journal = new MemoryJournal(leases, dying);
                assertThat(result(rolledBack(to))).as("%s, dead at %d", to, at).isEqualTo(smooth);
                assertThat(served()).isEqualTo(smooth == Result.PROVEN ? to : "2.0");
                died = left[0] < 0;
                runs = 0;
            }
        }
    }

    /** Its move keeps to what every move keeps to. */
    @Nested
    final class Linking extends MoveContract {
        private final Step step =
                new Step(
                        "folder.link",
                        NAME,
                        Phase.SWITCH,
                        "2.0",
                        "1.0",
                        Map.of(),
                        Phrase.verbatim("serve"));

        @Override
        protected void arrange() {
            try {
                Files.deleteIfExists(home.resolve("next"));
                deploy("2.0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Move move() {
            return (Move) kind().actions().values().iterator().next();
        }

        @Override
        protected Step step() {
            return step;
        }

        @Override
        protected String world() {
            try (Stream<Path> all = Files.list(home)) {
                return served() + all.sorted().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected void refuse() {
            try {
                Files.delete(home.resolve("current"));
                Files.createFile(home.resolve("current"));
                assertThat(Files.isRegularFile(home.resolve("current"), LinkOption.NOFOLLOW_LINKS))
                        .isTrue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected boolean type(List<Phrase> lines) {
            lines.forEach(line -> run(line.toString(), ""));
            return true;
        }

        @Override
        protected void run(String script, String argument) {
            try {
                int code = new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
                assertThat(code).as(script).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
