package backout.executor.compose;

import backout.command.Invocation;
import backout.docker.EventWatch;
import backout.docker.ProtectiveTags;
import backout.host.Hosts;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.ProbingProof;
import backout.run.Proof;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Rolls back one service of a Docker Compose project on a real engine. */
public final class ComposeExecutor implements Executor {
    private static final String LOCAL = "local";

    /** What targets of kind compose and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "compose",
                    ComposeSettings.ALL,
                    List.of("compose.pull", "compose.protect", "compose.backup"),
                    List.of("compose.file", "compose.up", "compose.swap"));

    private final Hosts hosts;
    private final OnHost.Means means;
    private final Map<String, OnHost> byHost = new ConcurrentHashMap<>();

    private ComposeExecutor(Hosts hosts, OnHost.Means means) {
        this.hosts = hosts;
        this.means = means;
    }

    /** What works on the target's machine; made when it is first asked for, without connecting. */
    private OnHost on(Target target) {
        return on(target.host());
    }

    private OnHost on(String host) {
        return byHost.computeIfAbsent(host, name -> new OnHost(hosts.named(name), means));
    }

    /**
     * Does not connect yet: an engine that is down is told when somebody asks for a plan.
     *
     * @param dockerAddress {@code unix:///var/run/docker.sock} or {@code tcp://HOST:PORT}
     * @param stateDir where backups, artifacts and the key live
     */
    public static ComposeExecutor of(
            String dockerAddress, Path stateDir, InstantSource clock, LongSupplier nanos) {
        return of(Hosts.local(), dockerAddress, stateDir, clock, nanos);
    }

    /** The same for targets of these machines; the address is that of the bot's own engine. */
    public static ComposeExecutor of(
            Hosts hosts,
            String dockerAddress,
            Path stateDir,
            InstantSource clock,
            LongSupplier nanos) {
        return new ComposeExecutor(
                hosts,
                new OnHost.Means(
                        dockerAddress, stateDir, clock, Thread::sleep, nanos, Optional.empty()));
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
                Hosts.local(),
                new OnHost.Means(
                        dockerAddress,
                        stateDir,
                        clock,
                        Thread::sleep,
                        nanos,
                        Optional.of(dockerConfig)));
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
        Plan plan =
                on(target)
                        .planner()
                        .plan(target, wanted, ledger, together, means.clock().instant(), by);
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
        OnHost on = on(target);
        return on.ground().changed(on.planner().look(target, () -> Ground.project(plan)), plan);
    }

    @Override
    public Map<String, Action> actions() {
        return on(LOCAL).actions();
    }

    @Override
    public Optional<Action> action(Step step) {
        String host = step.with().getOrDefault(Steps.HOST, LOCAL);
        return Optional.ofNullable(on(host).actions().get(step.action()));
    }

    @Override
    public Proof proof(Target target) {
        return new ProbingProof(
                target,
                (plan, undone) -> on(target).eyes().open(target, plan, undone),
                means.clock(),
                means.pause());
    }

    @Override
    public List<TargetEvent> sighting(Target target, Deadline by) {
        OnHost on = on(target);
        return new Sighting(on.engine(), on.discovery(), on.eyes().probe(target), means.clock())
                .of(target, by);
    }

    @Override
    public Optional<String> reach(Target target) {
        String said = "Docker " + on(target).engine().version().version() + " answers";
        return Optional.of(target.isHere() ? said : said + " on " + target.host());
    }

    @Override
    public List<String> tidy(Target target, Set<String> needed) {
        OnHost on = on(target);
        return new ProtectiveTags(on.engine())
                .tidy(target, on.files().texts(on.planner().project(target)), needed);
    }

    @Override
    public void protect(Target target, TargetEvent.Seen running) {
        on(target).wayBack().protect(target, running.id(), running.source());
    }

    @Override
    public Optional<Problem> obstacle(Target target, Ledger ledger) {
        var _ = on(target).engine().version();
        return on(target).planner().obstacle(target, ledger);
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        return on(target).wayBack().lost(release);
    }

    @Override
    public Optional<String> keepFiles(Target target) {
        OnHost on = on(target);
        Project project = on.planner().project(target);
        return Optional.of(on.snapshots().keep(project, "files-" + target.name().name()));
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        OnHost on = on(target);
        return new EventWatch(
                on.engine(), target.name(), on.discovery().events(target), changed, means.pause());
    }
}
