package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backout.fixture.Needs;
import backout.host.Command;
import backout.host.Host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The engine that runs here, with images from busybox; removes all that it made. */
final class TestEngine implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

    final Engine engine = Engine.at("unix:///var/run/docker.sock");
    final String unique = "backout-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final Host host = Host.local();
    private final ArrayDeque<List<String>> cleanUps = new ArrayDeque<>();
    private boolean hasOwnNetwork;

    TestEngine() {
        Needs.docker();
        assumeTrue(Files.isExecutable(BUSYBOX), "busybox-static is not installed");
    }

    /** An image that sleeps and hears no stop signal; changes as in a Dockerfile. */
    String image(String tag, String... changes) {
        var name = unique + ":" + tag;
        var import_ = new ArrayList<>(List.of("docker", "import"));
        var all = new ArrayList<>(List.of("ENTRYPOINT [\"/bin/busybox\"]"));
        all.add("CMD [\"sleep\", \"3600\"]");
        all.addAll(List.of(changes));
        all.forEach(change -> import_.addAll(List.of("-c", change)));
        import_.addAll(List.of("-m", tag, "-", name));
        var tar =
                run(
                        Command.of(LONG, "tar", "-chf", "-", "-C", "/usr", "bin/busybox")
                                .keeping(64 << 20));
        var made = host.run(Command.of(LONG, import_).feeding(tar)).exited();
        assertThat(made.isSuccess()).as(made.stderr().text()).isTrue();
        cleanUps.push(List.of("docker", "image", "rm", "-f", name));
        return name;
    }

    String imageId(String name) {
        return engine.images().find(name).orElseThrow().id();
    }

    void network(String name, String subnet) {
        docker("network", "create", "--subnet", subnet, name);
        cleanUps.push(List.of("docker", "network", "rm", name));
    }

    /**
     * In a network of this test's own when no other is said. Whatever an exchange makes of a
     * container of that name is removed in the end, volumes too.
     */
    String container(String name, String... arguments) {
        var all = new ArrayList<>(List.of("docker", "run", "-d", "--name", name));
        if (!List.of(arguments).contains("--network")) {
            all.addAll(List.of("--network", ownNetwork()));
        }
        all.addAll(List.of(arguments));
        return text(Command.of(LONG, all)).strip();
    }

    private String ownNetwork() {
        var name = unique + "-own";
        if (!hasOwnNetwork) {
            docker("network", "create", name);
            cleanUps.push(List.of("docker", "network", "rm", name));
            hasOwnNetwork = true;
        }
        return name;
    }

    String docker(String... arguments) {
        var all = new ArrayList<>(List.of("docker"));
        all.addAll(List.of(arguments));
        return text(Command.of(LONG, all)).strip();
    }

    /** Polls; a real process is behind it. */
    static void until(String what, BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        var left = docker("ps", "-aq", "--filter", "name=" + unique);
        left.lines().forEach(id -> docker("rm", "-f", "-v", id));
        cleanUps.forEach(command -> host.run(Command.of(LONG, command)));
        engine.close();
    }

    private String text(Command command) {
        return new String(run(command), java.nio.charset.StandardCharsets.UTF_8);
    }

    private byte[] run(Command command) {
        var result = host.run(command).exited();
        assertThat(result.isSuccess()).as("%s: %s", command, result.stderr().text()).isTrue();
        return result.stdout().bytes();
    }
}
