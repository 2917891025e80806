package backout.executor.rebuild;

import backout.fixture.Cli;
import backout.fixture.DoorHost;
import backout.fixture.Folders;
import backout.fixture.Needs;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A project of two services is started where none of it was, by a real compose. */
@Order(4)
class RebuildUpMoveTest extends MoveContract {
    private static final String NAME = "rb" + UUID.randomUUID().toString().substring(0, 8);
    private static final String IMAGE = "backout-test-" + NAME + ":1";

    private final Path home = Folders.make("rebuild-up");
    private final DoorHost host = new DoorHost(this::boundary);

    @BeforeAll
    static void image() throws IOException {
        Needs.compose();
        Path folder = Folders.make("rebuild-image");
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(Needs.program("busybox"), folder.resolve("bin/busybox"));
        Cli.here()
                .run(
                        "sh",
                        "-c",
                        "tar -C \"$1\" -c . | docker import - \"$2\"",
                        "sh",
                        folder.toString(),
                        IMAGE);
        Folders.delete(folder);
    }

    @AfterAll
    static void noImage() {
        Cli.here().attempt("docker", "image", "rm", IMAGE);
    }

    @AfterEach
    void end() {
        down();
        Folders.delete(home);
    }

    private void down() {
        if (Files.exists(home.resolve("compose.yml"))) {
            new Cli(home, Map.of())
                    .attempt("docker", "compose", "-p", NAME, "down", "--timeout", "0");
        }
    }

    @Override
    protected void arrange() {
        host.refuse(false);
        down();
        try {
            Folders.delete(home);
            Files.createDirectories(home);
            Files.writeString(
                    home.resolve("compose.yml"),
                    """
                    services:
                      app: {image: "%s", command: [/bin/busybox, sleep, "9999"], stop_signal: KILL}
                      once: {image: "%s", command: [/bin/busybox, "true"]}
                    """
                            .formatted(IMAGE, IMAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Move move() {
        var root = new Root(host);
        return new UpMove(root, new Job(root, Thread::sleep, home.resolve(".backout").toString()));
    }

    @Override
    protected Step step() {
        return new Step(
                Steps.UP,
                new TargetName("rebuild", "vidfab"),
                Phase.SWITCH,
                Step.NOTHING,
                Cli.here().run("docker", "image", "inspect", "--format", "{{.Id}}", IMAGE),
                Map.of(
                        "folder", home.toString(),
                        "project", NAME,
                        "service", "app",
                        "compose", "compose.yml",
                        "within", "PT2M"),
                Phrase.of("start it"));
    }

    private static String mine(String what, String format) {
        String filter = "label=com.docker.compose.project=" + NAME;
        return Cli.here()
                .run(
                        "sh",
                        "-c",
                        "docker " + what + " --filter \"$1\" --format \"$2\" | sort",
                        "sh",
                        filter,
                        format);
    }

    @Override
    protected String world() {
        return mine("ps --all", "{{.Names}} {{.Image}}") + mine("network ls", "{{.Name}}");
    }

    @Override
    protected String traces() {
        return mine("ps --all --no-trunc", "{{.ID}}") + mine("network ls", "{{.Name}}");
    }

    @Override
    protected void refuse() {
        host.refuse(true);
    }

    @Override
    protected boolean type(List<Phrase> lines) {
        new Cli(Path.of("/"), Map.of())
                .run(
                        "sh",
                        "-euc",
                        String.join("\n", lines.stream().map(Phrase::toString).toList()));
        return true;
    }

    @Override
    protected void run(String script, String argument) {
        new Cli(Path.of("/"), Map.of()).run("sh", "-c", script, "script", argument);
    }

    @Override
    protected int stride() {
        return 3;
    }
}
