package backout.executor.compose;

import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.fixture.ComposeSite;
import backout.fixture.EngineDoor;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.run.MoveContract;
import backout.run.RunEvent.Leg;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real service whose container is replaced through a door to the engine that shuts when the
 * process dies: whatever it had started, compose too, gets no further.
 */
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerMoveBench extends MoveContract {
    /** Not its id: a container as the former one is as good as itself. */
    private static final String SHAPE =
            "{{.Name}} {{.Image}} {{.Config.Image}} {{.State.Running}} {{json"
                    + " .HostConfig.RestartPolicy}} {{len .HostConfig.Binds}} {{json"
                    + " .HostConfig.PortBindings}} {{index .Config.Labels"
                    + " \"com.docker.compose.config-hash\"}} {{range $name, $_ :="
                    + " .NetworkSettings.Networks}}{{$name}}{{end}}";

    final Host host = Host.local();
    private ComposeSite site;
    private EngineDoor door;
    private String pristine = "";
    private Step step;
    private volatile boolean refuses;

    abstract String action();

    String address() {
        return door.address();
    }

    /** Asked by a process that has just begun. */
    Engine engine() {
        return Engine.at(address());
    }

    Discovery discovery() {
        return new Discovery(engine(), host);
    }

    ComposeCli cli() {
        return new ComposeCli(host, address());
    }

    Containers containers() {
        return new Containers(engine(), discovery());
    }

    @BeforeAll
    void open() {
        Needs.relay();
        site = ComposeSite.running(Release.GOOD);
        write(compose().replace("# the release", "\n    labels: {folder: \"$PWD\"}"));
        up();
        door = new EngineDoor(this::letsIn);
        pristine = world();
    }

    @AfterAll
    void close() {
        if (door != null) {
            door.close();
            site.close();
        }
    }

    private boolean letsIn(boolean changes) {
        return !refuses && (!changes || goesOn());
    }

    @Override
    protected void arrange() {
        refuses = false;
        comesTo(Leg.UNDO);
        if (!world().equals(pristine)) {
            site.engine().docker(words("rm --force", ids("=" + ComposeSite.RELAY, "service")));
            up();
        }
        step = plan();
    }

    @Override
    protected Step step() {
        return step;
    }

    private Step plan() {
        var images = RelayImages.shared();
        ContainerSummary container =
                discovery().containers(site.project(), ComposeSite.RELAY).getFirst();
        var project =
                new Project(
                        site.project(),
                        ComposeSite.RELAY,
                        site.folder(),
                        List.of(site.composeFile()),
                        List.of(),
                        List.of());
        return new Step(
                action(),
                new TargetName("compose", "claude-relay"),
                Phase.SWITCH,
                container.imageId(),
                images.idOf(Release.GOOD_2),
                project.with(
                        Map.of(
                                "container",
                                container.name(),
                                "image",
                                images.of(Release.GOOD_2),
                                "start-within",
                                "PT1M",
                                "drain",
                                "0")),
                Phrase.of("replace the container"));
    }

    /** The file comes before the container, there and back. */
    @Override
    protected void comesTo(Leg leg) {
        var images = RelayImages.shared();
        Release to = leg == Leg.FORWARD ? Release.GOOD_2 : Release.GOOD;
        Release from = leg == Leg.FORWARD ? Release.GOOD : Release.GOOD_2;
        write(compose().replace(images.of(from), images.of(to)));
    }

    /** What it is made from names the folder that it is typed in. */
    private void up() {
        site.engine()
                .cli(site.folder())
                .run("sh", "-c", "cd . && docker compose up --detach --quiet-pull");
    }

    private String compose() {
        try {
            return Files.readString(site.composeFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(site.composeFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String world() {
        return inspect(SHAPE, "=" + ComposeSite.RELAY)
                + inspect(SHAPE + " {{.Id}} {{.State.StartedAt}}", "=" + ComposeSite.REDIS);
    }

    @Override
    protected String traces() {
        return world() + inspect("{{.Id}} {{.State.StartedAt}}", "=" + ComposeSite.RELAY);
    }

    private String inspect(String format, String service) {
        List<String> ids = ids(service, "service");
        if (ids.isEmpty()) {
            return "none\n";
        }
        var words = words("inspect --format", List.of(format));
        String said =
                site.engine()
                        .docker(
                                Stream.concat(Stream.of(words), ids.stream())
                                        .toArray(String[]::new));
        return String.join("\n", said.lines().sorted().toList()) + "\n";
    }

    private List<String> ids(String value, String label) {
        return site.engine()
                .docker(
                        "ps",
                        "--all",
                        "--quiet",
                        "--filter",
                        "label=com.docker.compose.project=" + site.project(),
                        "--filter",
                        "label=com.docker.compose." + label + value)
                .lines()
                .toList();
    }

    private static String[] words(String first, List<String> others) {
        return Stream.concat(Stream.of(first.split(" ")), others.stream()).toArray(String[]::new);
    }

    @Override
    protected void refuse() {
        refuses = true;
    }

    @Override
    protected boolean type(List<Phrase> lines) {
        String typed = String.join("\n", lines.stream().map(Phrase::toString).toList());
        site.engine().cli(Path.of("/")).run("sh", "-euc", typed);
        return true;
    }

    @Override
    protected void run(String script, String argument) {
        site.engine().cli(site.folder()).run("sh", "-c", script, "script", argument);
    }

    @Override
    protected int stride() {
        return 3;
    }
}
