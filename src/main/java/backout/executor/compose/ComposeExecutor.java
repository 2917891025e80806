package backout.executor.compose;

import backout.archive.Artifacts;
import backout.archive.Backup;
import backout.archive.Space;
import backout.command.Invocation;
import backout.docker.Engine;
import backout.docker.EventWatch;
import backout.docker.ProtectTask;
import backout.docker.ProtectiveTags;
import backout.docker.PullTask;
import backout.docker.Registries;
import backout.docker.RegistryLogins;
import backout.docker.WayBack;
import backout.host.Host;
import backout.host.Leftovers;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.Pause;
import backout.run.ProbingProof;
import backout.run.Proof;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Rolls back one service of a Docker Compose project on a real engine. */
public final class ComposeExecutor implements Executor {
    /** What targets of kind compose and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    ComposeSettings.ALL,
                    List.of("compose.pull", "compose.protect", "compose.backup"),
                    List.of("compose.file", "compose.up", "compose.swap"));

    private final Engine engine;
    private final Discovery discovery;
    private final Planner planner;
    private final Eyes eyes;
    private final Ground ground;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final WayBack wayBack;
    private final Map<String, Action> actions;
    private final InstantSource clock;
    private final Pause pause;

    private ComposeExecutor(
            String dockerAddress,
            Path stateDir,
            InstantSource clock,
            Pause pause,
            LongSupplier nanos,
            Path dockerConfig) {
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
        var registries = new Registries(engine, new RegistryLogins(host, dockerConfig));
        this.wayBack = new WayBack(engine, registries, nanos);
        var content = new BackupSources(engine, files);
        var redis = new RedisDump(engine, host, secrets, clock, pause);
        var ports = new PortLook(engine, host);
        var preflight =
                new Preflight(
                        List.of(
                                new EngineLook(engine, cli),
                                new ForeignLook(engine),
                                ports,
                                new ChosenPorts(engine),
                                new DiskLook(engine, host, stateDir),
                                new GitLook(host, files),
                                new WriteLook(stateDir),
                                new SecretLook(secrets),
                                new BackupLook(
                                        content,
                                        redis,
                                        new Backup(
                                                clock,
                                                Space.ofFileStore(),
                                                "local",
                                                "backout",
                                                Optional.empty()),
                                        host,
                                        BackupTask.folder(stateDir))));
        var footing = new Footing(host, files, stateDir.resolve("key.txt"));
        this.planner =
                new Planner(engine, host, cli, files, snapshots, preflight, registries, footing);
        this.eyes = new Eyes(engine, discovery, secrets);
        this.ground = new Ground(engine, host, cli, ports, footing);
        this.actions =
                Map.of(
                        "compose.pull", new PullTask(engine, host, dockerConfig),
                        "compose.protect", new ProtectTask(engine),
                        "compose.backup", new BackupTask(content, redis, stateDir, clock),
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
        Path dockerConfig = RegistryLogins.folder(System.getenv());
        return of(dockerAddress, stateDir, clock, nanos, dockerConfig);
    }

    /**
     * The same with the registry logins of another folder.
     *
     * @param dockerConfig of docker's {@code config.json}
     */
    public static ComposeExecutor of(
            String dockerAddress,
            Path stateDir,
            InstantSource clock,
            LongSupplier nanos,
            Path dockerConfig) {
        return new ComposeExecutor(
                dockerAddress, stateDir, clock, Thread::sleep, nanos, dockerConfig);
    }

    @Override
    public String kind() {
        return "compose";
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, Deadline by) {
        return plan(target, wanted, ledger, List.of(), by);
    }

    @Override
    public boolean mayMoveTogether(Target one, Target other) {
        return Together.isPossible(one, other);
    }

    @Override
    public Plan plan(Target target, Invocation wanted, Ledger ledger, List<Kin> kin, Deadline by) {
        var together = new Together(kin);
        Plan plan = planner.plan(target, wanted, ledger, together, clock.instant(), by);
        String version = ledger.release(plan.from().identity()).map(Release::version).orElse("");
        var undone =
                new ArrayList<>(
                        CheckLines.of(
                                target,
                                wanted.command().checksFor(target),
                                plan.from().identity(),
                                version));
        undone.addAll(Members.afterUndo(target, plan));
        return plan.provingUndoBy(undone);
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
    public Proof proof(Target target) {
        return new ProbingProof(
                target, (plan, undone) -> eyes.open(target, plan, undone), clock, pause);
    }

    @Override
    public List<TargetEvent> sighting(Target target, Deadline by) {
        return new Sighting(engine, discovery, eyes.probe(target), clock).of(target, by);
    }

    @Override
    public Optional<String> reach(Target target) {
        return Optional.of("Docker " + engine.version().version() + " answers");
    }

    @Override
    public List<String> tidy(Target target, Set<String> needed) {
        return new ProtectiveTags(engine)
                .tidy(target, files.texts(planner.project(target)), needed);
    }

    @Override
    public void protect(Target target, TargetEvent.Seen running) {
        wayBack.protect(target, running.id(), running.image());
    }

    @Override
    public Optional<Problem> obstacle(Target target, Ledger ledger) {
        var _ = engine.version();
        return planner.obstacle(target, ledger);
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        return wayBack.lost(release);
    }

    @Override
    public Optional<String> keepFiles(Target target) {
        Project project = planner.project(target);
        return Optional.of(snapshots.keep(project, "files-" + target.name().name()));
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        return new EventWatch(
                engine, target.name(), discovery.events(target), changed, clock, pause);
    }
}
