package backout.executor.compose;

import backout.docker.EventWatch;
import backout.docker.ImageSight;
import backout.docker.ProtectiveTags;
import backout.host.HostExecutor;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Remedy;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.run.Deadline;
import backout.run.Running;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rolls back one service of a Docker Compose project on a real engine. */
public final class ComposeExecutor extends HostExecutor<OnHost> {
    /** What targets of kind compose and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "compose",
                    ComposeSettings.ALL,
                    List.of("compose.pull", "compose.protect", "compose.backup"),
                    List.of("compose.file", "compose.up", "compose.swap"),
                    Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.LOW).byHand("2–3", "1–2"));

    private ComposeExecutor(Workplace place, Optional<Path> dockerConfig) {
        super(place, host -> new OnHost(host, place, dockerConfig));
    }

    /** Does not connect yet: an engine that is down is told when somebody asks for a plan. */
    public static ComposeExecutor of(Workplace place) {
        return new ComposeExecutor(place, Optional.empty());
    }

    /**
     * The same with the registry logins of another folder.
     *
     * @param dockerConfig of docker's {@code config.json}
     */
    public static ComposeExecutor of(Workplace place, Path dockerConfig) {
        return new ComposeExecutor(place, Optional.of(dockerConfig));
    }

    @Override
    public boolean mayMoveTogether(Target one, Target other) {
        return Together.isPossible(one, other);
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        OnHost on = on(target);
        return new ImageSight(on.engine(), on.eyes().probe(target))
                .of(target, on.discovery().container(target), by);
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
    public Optional<String> keep(Target target) {
        OnHost on = on(target);
        Project project = on.planner().project(target);
        return Optional.of(on.snapshots().keep(project, "files-" + target.name().name()));
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        OnHost on = on(target);
        return new EventWatch(
                on.engine(),
                target.name(),
                on.discovery().events(target),
                changed,
                place().pause());
    }
}
