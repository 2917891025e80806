package backout.target.compose;

import backout.archive.Artifacts;
import backout.check.Reading;
import backout.check.Subject;
import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Image;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Secrets;
import backout.plan.Setting;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Executor;
import backout.run.RunEvent.Moment;
import backout.target.compose.file.ImageName;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rolls back one service of a Docker Compose project on a real engine. */
public final class ComposeExecutor implements Executor {
    /** What targets of kind compose and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    ComposeSettings.ALL,
                    List.of("compose.pull", "compose.protect", "compose.backup"),
                    List.of("compose.file", "compose.up", "compose.swap"));

    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]{1,64})\"");

    private final Engine engine;
    private final Discovery discovery;
    private final Planner planner;
    private final Proofs proofs;
    private final Ground ground;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final Map<String, Action> actions;
    private final InstantSource clock;
    private final Pause pause;

    private ComposeExecutor(String dockerAddress, Path stateDir, InstantSource clock, Pause pause) {
        Host host = Host.parse("local");
        this.engine = Engine.at(dockerAddress);
        this.discovery = new Discovery(engine, host);
        var containers = new Containers(engine, discovery);
        var secrets = new Secrets(name -> Optional.ofNullable(System.getenv(name)).orElse(""));
        this.clock = clock;
        this.pause = pause;
        var cli = new ComposeCli(host, dockerAddress);
        this.files = new ProjectFiles(host, cli);
        var artifacts = new Artifacts(stateDir.resolve("artifacts"), stateDir.resolve("key.txt"));
        this.snapshots = new Snapshots(files, artifacts, new GitFiles(host, files));
        this.proofs = new Proofs(engine, discovery, containers, secrets, clock, pause);
        var preflight = new Preflight(engine, host, cli, files, stateDir);
        var footing = new Footing(host, cli, files, stateDir.resolve("key.txt"));
        this.planner = new Planner(engine, host, cli, files, snapshots, preflight, footing);
        this.ground = new Ground(engine, host, cli, preflight, footing);
        this.actions =
                Map.of(
                        "compose.pull", new PullTask(engine, host),
                        "compose.protect", new ProtectTask(engine),
                        "compose.backup",
                                new BackupTask(
                                        engine, host, files, secrets, stateDir, clock, pause),
                        "compose.file", new FileMove(host, files, snapshots, artifacts),
                        "compose.up", new UpMove(cli, discovery, containers, new Leftovers(pause)),
                        "compose.swap", new SwapMove(engine, cli, containers));
    }

    /**
     * Does not connect yet: an engine that is down is told when somebody asks for a plan.
     *
     * @param dockerAddress {@code unix:///var/run/docker.sock} or {@code tcp://HOST:PORT}
     * @param stateDir where backups, artifacts and the key live
     */
    public static ComposeExecutor of(
            String dockerAddress, Path stateDir, InstantSource clock, LongSupplier nanos) {
        return new ComposeExecutor(dockerAddress, stateDir, clock, Pause::sleep);
    }

    @Override
    public String kind() {
        return "compose";
    }

    @Override
    public List<Setting> settings() {
        return KIND.settings();
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
        Plan plan = planner.plan(target, wanted, ledger, clock.instant(), by);
        String version = ledger.release(plan.from().identity()).map(Release::version).orElse("");
        return plan.provingUndoBy(
                CheckLines.afterUndo(target, wanted.command().checksFor(target), plan, version));
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return ground.changed(planner.look(target, () -> Ground.project(plan)), plan);
    }

    @Override
    public Map<String, Action> actions() {
        return actions;
    }

    @Override
    public Evidence check(
            Target target, Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
        return proofs.check(target, plan, moment, baseline, by);
    }

    @Override
    public Evidence standing(Target target, List<String> lines, Deadline by) {
        return proofs.standing(target, lines, by);
    }

    @Override
    public Pulse watch(Target target, Plan plan) {
        return proofs.watch(target, plan);
    }

    @Override
    public List<TargetEvent> sighting(Target target, Deadline by) {
        ContainerSummary container = discovery.container(target);
        if (!container.state().equals("running")) {
            return List.of();
        }
        Optional<Image> image = engine.images().find(container.imageId());
        ImageName name = name(target, container);
        String text = image.map(local -> ImageText.of(local, name)).orElse(name.toString());
        String tag = Optional.ofNullable(name.tag()).orElse("");
        return List.of(
                new TargetEvent.Seen(
                        clock.instant(), container.imageId(), text, tag, version(target, by)));
    }

    /**
     * The engine shows a bare id where the tag was moved since: then the project's own label knows
     * the name.
     */
    private static ImageName name(Target target, ContainerSummary container) {
        boolean isId =
                container.image().startsWith("sha256:")
                        || container.image().matches("[0-9a-f]{12,64}");
        return ImageName.parse(
                isId ? target.settings().texts("images").getFirst() : container.image());
    }

    /** What the service says of itself in its health body; empty when it does not. */
    private String version(Target target, Deadline by) {
        var url = target.settings().url("url");
        if (url.isEmpty()) {
            return "";
        }
        String health = url.get().toString().replaceAll("/$", "") + "/health";
        Reading reading =
                proofs.probe(target)
                        .look(
                                new Subject.Http("GET", health, Optional.empty()),
                                by.atMost(java.time.Duration.ofSeconds(3)).left());
        if (!(reading instanceof Reading.Answered answered)) {
            return "";
        }
        Matcher matcher = VERSION.matcher(answered.body());
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public Optional<String> reach(Target target) {
        return Optional.of("Docker " + engine.version().version() + " answers");
    }

    @Override
    public List<String> tidy(Target target, Set<String> needed) {
        return new ProtectiveTags(engine, files).tidy(target, planner.project(target), needed);
    }

    @Override
    public Optional<String> keepFiles(Target target) {
        Project project = planner.project(target);
        return Optional.of(snapshots.keep(project, "files-" + target.name().name()));
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        return new EventWatch(engine, target, changed, clock, pause);
    }
}
