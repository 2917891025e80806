package backout.target.compose;

import backout.archive.Artifacts;
import backout.archive.Backup;
import backout.archive.Space;
import backout.check.Check;
import backout.check.Subject;
import backout.command.Invocation;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.docker.Registries;
import backout.docker.RegistryLogins;
import backout.host.Host;
import backout.http.Http;
import backout.http.HttpProbe;
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

import okhttp3.OkHttpClient;

import java.nio.file.Path;
import java.time.InstantSource;
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
    private final Containers containers;
    private final Planner planner;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final WayBack wayBack;
    private final Map<String, Action> actions;
    private final Secrets secrets;
    private final OkHttpClient http = Http.client();
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
        this.containers = new Containers(engine, discovery);
        this.secrets = new Secrets(name -> Optional.ofNullable(System.getenv(name)).orElse(""));
        this.clock = clock;
        this.pause = pause;
        var cli = new ComposeCli(host, dockerAddress);
        this.files = new ProjectFiles(host);
        var artifacts = new Artifacts(stateDir.resolve("artifacts"), stateDir.resolve("key.txt"));
        this.snapshots = new Snapshots(files, artifacts, new GitFiles(host, files));
        var registries = new Registries(engine, new RegistryLogins(host, dockerConfig));
        this.wayBack = new WayBack(engine, registries, nanos);
        var content = new BackupSources(engine, files);
        var redis = new RedisDump(engine, host, secrets, clock, pause);
        var preflight =
                new Preflight(
                        List.of(
                                new EngineLook(engine, cli),
                                new PortLook(engine, host),
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
        this.planner = new Planner(engine, host, cli, files, snapshots, preflight, registries);
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
                dockerAddress, stateDir, clock, Pause::sleep, nanos, dockerConfig);
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
        return planner.plan(target, wanted, ledger, clock.instant(), by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return planner.changed(target, plan);
    }

    @Override
    public Map<String, Action> actions() {
        return actions;
    }

    @Override
    public Evidence check(
            Target target, Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
        List<Check> checks =
                Prover.parse(plan.checks(), target.settings().secrets("secrets").keySet());
        Prover prover = prover(target, plan.to().identity());
        return moment == Moment.BASELINE || moment == Moment.AFTER_UNDO
                ? prover.asItIs(checks, by)
                : prover.until(checks, baseline, by);
    }

    /** How the release that runs now is, by these checks. */
    @Override
    public Evidence standing(Target target, List<String> lines, Deadline by) {
        ContainerSummary container = discovery.container(target);
        var filled = new CheckLines(target, lines, container.imageId(), "").lines();
        List<Check> checks = Prover.parse(filled, target.settings().secrets("secrets").keySet());
        return prover(target, container.imageId()).asItIs(checks, by);
    }

    private Prover prover(Target target, String wanted) {
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        var probe = new ContainerProbe(engine, discovery, containers, project, service, wanted);
        return new Prover(
                probe,
                probe(target),
                () -> new ServiceLog(engine, discovery, secrets).last(target),
                clock,
                pause);
    }

    private HttpProbe probe(Target target) {
        return new HttpProbe(http, name -> secrets.named(target.settings(), name));
    }

    @Override
    public Pulse watch(Target target, Plan plan) {
        Optional<Subject> health =
                Prover.parse(plan.checks(), target.settings().secrets("secrets").keySet()).stream()
                        .map(Check::subject)
                        .filter(subject ->
                                subject instanceof Subject.Http asked && asked.secret().isEmpty())
                        .findFirst();
        return health.<Pulse>map(subject -> new Watch(probe(target), subject))
                .orElseGet(NothingToWatch::new);
    }

    private static final class NothingToWatch implements Pulse {
        @Override
        public Optional<java.time.Duration> stop() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // There is no thread to end
        }
    }

    @Override
    public List<TargetEvent> sighting(Target target, Deadline by) {
        return new Sighting(engine, discovery, probe(target), clock).of(target, by);
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
    public void protect(Target target, TargetEvent.Seen running) {
        wayBack.protect(target, running.id(), running.image());
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
        return new EventWatch(engine, target, changed, clock, pause);
    }
}
