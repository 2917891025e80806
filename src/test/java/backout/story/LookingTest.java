package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.App;
import backout.config.Folders;
import backout.fixture.Await;
import backout.fixture.Needs;
import backout.fixture.SecondMachine;
import backout.host.Command;
import backout.host.Hosts;
import backout.operations.Lookout;
import backout.plan.TargetKind;
import backout.run.Action;
import backout.run.HandClock;
import backout.run.Move;
import backout.run.Task;
import backout.serve.Assembly;
import backout.serve.ProcessContext;
import backout.serve.Stop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Whoever only looks, as {@code check --live} and {@code init} do, leaves no connection behind. */
class LookingTest {
    private static final int PORT = 2241;

    @TempDir Path home;

    private final HandClock clock = new HandClock();
    private final AtomicReference<Hosts> lent = new AtomicReference<>();

    @Test
    void connections_end_with_the_look() throws IOException {
        Needs.secondMachine();
        var machine = SecondMachine.shared();
        machine.serveAt(PORT);
        Folders folders = site(machine);
        Assembly assembly = assembly();

        String during =
                assembly.looking(
                        assembly.load(folders),
                        _ -> {
                            var host = Objects.requireNonNull(lent.get()).named("ssh:db1");
                            var _ = host.run(Command.of(Duration.ofMinutes(1), "true")).exited();
                            return connections(machine);
                        });

        assertThat(during).isEqualTo("1");
        Await.until("it is cut", () -> connections(machine).equals("0"));
    }

    private static String connections(SecondMachine machine) {
        return machine.sh("grep -c ':%04X .* 01 ' /proc/net/tcp || true".formatted(PORT));
    }

    private Folders site(SecondMachine machine) throws IOException {
        SimSite.in(home, 0, "0s");
        Files.writeString(
                home.resolve("config/hosts.yml"),
                """
                hosts:
                  db1: {address: "%s", port: %d, user: root, key: "file:%s", host-key: "%s"}
                """
                        .formatted(machine.address(), PORT, machine.key(), machine.hostKey()));
        return new Folders(home.resolve("config"), home.resolve("commands"), "");
    }

    private List<String> all(Class<? extends Action> of) {
        return service().actions().entrySet().stream()
                .filter(action -> of.isInstance(action.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private SimService service() {
        return new SimService();
    }

    private Assembly assembly() {
        var kind = new TargetKind("sim", List.of(), all(Task.class), all(Move.class));
        var made =
                new App.Kind(
                        kind,
                        means -> {
                            lent.set(means.hosts());
                            return service();
                        });
        var context =
                new ProcessContext(
                        InputStream.nullInputStream(),
                        System.out,
                        System.out,
                        false,
                        100,
                        Map.of(),
                        home,
                        clock,
                        System::nanoTime,
                        ZoneOffset.UTC,
                        Lookout.Pauses.USUAL,
                        new Stop(() -> {}));
        return new Assembly(
                List.of(made), List.of(), List.of(), context, UnaryOperator.identity(), _ -> {});
    }
}
