package backout.executor.source;

import backout.fixture.Await;
import backout.fixture.Cli;
import backout.fixture.DoorHost;
import backout.fixture.Folders;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.AfterEach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real process that runs out of a folder is moved into another one. */
abstract class SwitchContract extends MoveContract {
    private static final String FROM = "a".repeat(40);
    private static final String TO = "b".repeat(40);

    private final Path home = Folders.make("source-move");
    private final DoorHost host = new DoorHost(this::boundary);

    abstract Layout layout();

    final DoorHost host() {
        return host;
    }

    final Path home() {
        return home;
    }

    @AfterEach
    void end() {
        endAll();
        Folders.delete(home);
    }

    private Path release() {
        return layout().releases().resolve("2");
    }

    @Override
    protected void arrange() {
        host.refuse(false);
        endAll();
        try {
            Folders.delete(home);
            Path former = layout().current();
            Files.createDirectories(former);
            Files.createDirectories(release());
            Files.writeString(former.resolve("REVISION"), FROM);
            Files.writeString(release().resolve("REVISION"), TO);
            if (!layout().isInPlace()) {
                Files.createSymbolicLink(layout().link(), Path.of("releases/1"));
            }
            sh("cd " + former + " && setsid sleep 98765 </dev/null >/dev/null 2>&1 &");
            Await.until("it runs", () -> !processes().isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void endAll() {
        processes().keySet().forEach(ProcessHandle::destroyForcibly);
        Await.until("all are gone", () -> processes().isEmpty());
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

    private void sh(String text) {
        new Cli(Path.of("/"), Map.of()).run("sh", "-euc", text);
    }

    @Override
    protected Move move() {
        return new SwitchMove(host, Thread::sleep);
    }

    @Override
    protected Step step() {
        var with = new HashMap<>(layout().with());
        with.put("folder", release().toString());
        with.put("stop", "PT20S");
        with.put("port", "");
        return new Step(
                Steps.SWITCH,
                new TargetName("source", "web"),
                Phase.SWITCH,
                FROM,
                TO,
                with,
                Phrase.of("turn the link"));
    }

    /** Folders and links, and what runs out of which. */
    @Override
    protected String world() {
        return things() + "\n" + processes().values().stream().sorted().toList();
    }

    @Override
    protected String traces() {
        return things()
                + "\n"
                + processes().entrySet().stream()
                        .map(one -> one.getKey().pid() + " " + one.getValue())
                        .sorted()
                        .toList();
    }

    private List<String> things() {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(path -> !path.toString().contains("/.backout"))
                    .map(SwitchContract::thing)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String thing(Path path) {
        try {
            return Files.isSymbolicLink(path)
                    ? path + " -> " + Files.readSymbolicLink(path)
                    : path.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void refuse() {
        host.refuse(true);
    }

    @Override
    protected boolean type(List<Phrase> lines) {
        boolean isBegun = !lines.getFirst().toString().startsWith("nothing was begun");
        if (isBegun) {
            sh(String.join("\n", lines.stream().map(Phrase::toString).toList()));
        }
        return isBegun;
    }

    @Override
    protected void run(String script, String argument) {
        new Cli(Path.of("/"), Map.of()).run("sh", "-c", script, "script", argument);
    }

    @Override
    protected int stride() {
        return 11;
    }
}
