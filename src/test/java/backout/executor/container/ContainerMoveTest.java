package backout.executor.container;

import backout.docker.Engine;
import backout.docker.SwapMove;
import backout.fixture.Await;
import backout.fixture.EngineDoor;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.Move;
import backout.run.MoveContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A real container is replaced through a door to the engine that shuts when the process dies. */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(4)
final class ContainerMoveTest extends MoveContract {
    private static final String SHAPE =
            "{{.Name}} {{.Image}} {{.Config.Image}} {{.State.Running}} {{json"
                    + " .HostConfig.RestartPolicy}} {{json .HostConfig.Binds}} {{json"
                    + " .HostConfig.PortBindings}} {{json .Config.Cmd}} {{range"
                    + " .Config.Env}}{{.}} {{end}}";

    private final backout.fixture.Engine real = backout.fixture.Engine.ofThisMachine();
    private final String name = "lone-move-" + UUID.randomUUID().toString().substring(0, 8);
    private final String port = Integer.toString(Await.freePort());
    private EngineDoor door;
    private String pristine = "";
    private volatile boolean refuses;

    @BeforeAll
    void open() {
        Needs.relay();
        run();
        door = new EngineDoor(changes -> !refuses && (!changes || goesOn()));
        pristine = world();
    }

    @AfterAll
    void close() {
        if (door != null) {
            door.close();
            removeAll();
        }
    }

    private void run() {
        real.docker(
                "run",
                "--detach",
                "--name",
                name,
                "--restart",
                "unless-stopped",
                "--publish",
                "127.0.0.1:" + port + ":3000",
                "--env",
                "JWT_SECRET=it's \"x\" $y",
                "--env",
                "REDIS_HOST=none",
                "--label",
                "team=shop",
                RelayImages.shared().of(Release.GOOD));
    }

    private List<String> all() {
        return real.docker("ps", "--all", "--quiet", "--filter", "name=" + name).lines().toList();
    }

    private void removeAll() {
        all().forEach(id -> real.attempt("rm", "--force", "--volumes", id));
    }

    @Override
    protected void arrange() {
        refuses = false;
        if (!world().equals(pristine)) {
            removeAll();
            run();
        }
    }

    @Override
    protected Move move() {
        return new SwapMove(
                Engine.at(door.address()),
                new SwapByRun(Engine.at(door.address()), Host.local(), door.address()));
    }

    @Override
    protected Step step() {
        var images = RelayImages.shared();
        return new Step(
                Steps.SWAP,
                new TargetName("container", "web"),
                Phase.SWITCH,
                images.idOf(Release.GOOD),
                images.idOf(Release.GOOD_2),
                Map.of(
                        "container",
                        name,
                        "image",
                        images.of(Release.GOOD_2),
                        "from-image",
                        images.of(Release.GOOD),
                        "drain",
                        "0"),
                Phrase.of("replace the container"));
    }

    @Override
    protected String world() {
        return inspect(SHAPE);
    }

    @Override
    protected String traces() {
        return inspect(SHAPE + " {{.Id}} {{.State.StartedAt}}");
    }

    private String inspect(String format) {
        var words = new java.util.ArrayList<>(List.of("inspect", "--format", format));
        List<String> ids = all();
        words.addAll(ids);
        return ids.isEmpty()
                ? "none\n"
                : String.join(
                                "\n",
                                real.docker(words.toArray(String[]::new)).lines().sorted().toList())
                        + "\n";
    }

    @Override
    protected void refuse() {
        refuses = true;
    }

    @Override
    protected boolean type(List<Phrase> lines) {
        String typed = String.join("\n", lines.stream().map(Phrase::toString).toList());
        real.cli(Path.of("/")).run("sh", "-euc", typed);
        return true;
    }

    @Override
    protected void run(String script, String argument) {
        real.cli(Path.of("/")).run("sh", "-c", script, "script", argument);
    }
}
