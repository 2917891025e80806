package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.CommandSpec;
import backout.command.Grammar;
import backout.command.Site;
import backout.executor.source.SourceExecutor;
import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.Folders;
import backout.host.Hosts;
import backout.host.Workplace;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bot dies before and after the first event of each kind while it rolls back a real process
 * that runs in place in a checkout; one run, as many processes as there are places to die at.
 */
final class SourceKillTest {
    private static final TargetName NAME = new TargetName("source", "shop");
    private static final Duration MINUTES = Duration.ofMinutes(10);
    private static final int MOST = 200;
    private static final RunId RUN = new RunId("7F3KQ");

    private final Path home = Folders.make("source-kill");
    private final Path folder = home.resolve("app");
    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final Set<String> places = new HashSet<>();
    private final MemoryJournal journal = new MemoryJournal(leases, this::die);
    private final String good;
    private final String bad;

    SourceKillTest() {
        sh("mkdir -p " + folder);
        git("init", "--quiet");
        good = commit("good");
        bad = commit("bad");
        sh("cd " + folder + " && setsid sleep 98765 </dev/null >/dev/null 2>&1 &");
        Await.until("it runs", () -> !processes().isEmpty());
    }

    @AfterEach
    void end() {
        Await.until(
                "all are gone",
                () -> {
                    processes().keySet().forEach(ProcessHandle::destroyForcibly);
                    return processes().isEmpty();
                });
        Folders.delete(home);
    }

    private static String sh(String text) {
        return new Cli(Path.of("/"), Map.of()).run("sh", "-euc", text);
    }

    private String git(String words) {
        return sh("git -C " + folder + " -c user.name=t -c user.email=t@example.org " + words);
    }

    private String git(String one, String... more) {
        return git(one + " " + String.join(" ", more));
    }

    private String commit(String says) {
        sh("echo %s >%s".formatted(says, folder.resolve("says")));
        git("add --all");
        git("commit --quiet --message " + says);
        return git("rev-parse HEAD");
    }

    private Map<ProcessHandle, Path> processes() {
        var found = new HashMap<ProcessHandle, Path>();
        ProcessHandle.allProcesses()
                .forEach(one -> {
                    try {
                        Path cwd = Files.readSymbolicLink(Path.of("/proc/" + one.pid() + "/cwd"));
                        if (cwd.startsWith(home)) {
                            found.put(one, cwd);
                        }
                    } catch (IOException ended) {
                        // it is no process of ours
                    }
                });
        return found;
    }

    private void die(String where) {
        if (places.add(where)) {
            throw new Crash(where);
        }
    }

    private Site site(String proof) {
        var command =
                new CommandSpec(
                        "source",
                        "",
                        Grammar.of("[TARGET] [to RELEASE]"),
                        "rollback",
                        "source",
                        1,
                        List.of("source.build", "source.backup"),
                        List.of("source.switch"),
                        List.of("process [STATE] == running", proof));
        var settings = new HashMap<String, Object>();
        settings.put("folder", folder.toString());
        settings.put("version", "GET {url}/health [BODY].version");
        settings.put("from", "bot");
        settings.put("build-within", MINUTES);
        settings.put("stop-within", MINUTES);
        settings.put("backup.pack", "zstd");
        settings.put("backup.keep", 2L);
        var target =
                new Target(
                        NAME,
                        "local",
                        "one",
                        MINUTES,
                        Duration.ZERO,
                        List.of(),
                        new Settings(settings));
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

    private Runner runner(MemoryLeases process, Site site) {
        var place =
                new Workplace(
                        Hosts.local(),
                        "unix:///var/run/docker.sock",
                        home.resolve("var"),
                        clock,
                        System::nanoTime);
        return new Runner(
                () -> site,
                new Executors(Map.of("source", SourceExecutor.of(place)), clock, clock::pass),
                journal,
                process,
                clock,
                System::nanoTime,
                clock::pass);
    }

    private Run rolledBack(Site site) {
        var request =
                new RunEvent.Requested(
                        clock.instant(),
                        RUN,
                        "delivery",
                        "anna",
                        NAME,
                        "source",
                        "source shop",
                        "5xx",
                        Map.of("release", good),
                        "");
        agree(() -> journal.begin(request));
        MemoryLeases process = leases.another();
        for (int processes = 0; processes < MOST; processes++) {
            try {
                switch (runner(process, site).drive(RUN)) {
                    case Parked.Over _ -> {
                        return run();
                    }
                    case Parked.Until _ -> agree(this::agreed);
                    case Parked.Elsewhere _, Parked.Halted _ ->
                            throw new AssertionError("it does not go on: " + run().events());
                }
            } catch (Crash crash) {
                process.die();
                process = leases.another();
            }
        }
        throw new AssertionError("no end: " + run().events());
    }

    private Run run() {
        return Run.of(journal.read(RUN));
    }

    private void agreed() {
        Run run = run();
        Instant now = clock.instant();
        String plan = run.plan().hash();
        RunEvent yes =
                run.question().isPresent()
                        ? new RunEvent.Answered(now, "ben", RunEvent.Answer.UNDO, "")
                        : run.isConfirmed()
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

    @Test
    void a_rollback_that_dies_everywhere_ends_well() {
        Run run = rolledBack(site("process [COMMIT] == {to}"));

        assertThat(run.outcome().orElseThrow().result())
                .as(run.events().toString())
                .isEqualTo(Result.PROVEN);
        Path served = real(folder);
        assertThat(processes().values()).containsExactly(served);
        assertThat(served.resolve("says")).hasContent("good");
        assertThat(places).contains("before step-began", "after receipt-kept", "after step-done");
    }

    @Test
    void an_undo_that_dies_everywhere_ends_where_it_began() {
        Run run = rolledBack(site("process [COMMIT] == " + bad));

        assertThat(run.outcome().orElseThrow().result())
                .as(run.events().toString())
                .isEqualTo(Result.UNDONE);
        assertThat(processes().values()).containsExactly(folder);
        assertThat(real(folder)).isEqualTo(folder);
        assertThat(folder.resolve("says")).hasContent("bad");
        assertThat(git("status --porcelain")).isEmpty();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
