package backout.executor.container;

import backout.docker.ContainerSummary;
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

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rolls back one container that {@code docker run} made, by one with the same parameters. */
public final class ContainerExecutor extends HostExecutor<OnHost> {
    /** What targets of kind container and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "container",
                    ContainerSettings.ALL,
                    List.of("container.pull", "container.protect", "container.backup"),
                    List.of(Steps.SWAP),
                    Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.LOW).byHand("3–5", "2–3"));

    private ContainerExecutor(Workplace place) {
        super(place, host -> new OnHost(host, place));
    }

    /** Does not connect yet: an engine that is down is told when somebody asks for a plan. */
    public static ContainerExecutor of(Workplace place) {
        return new ContainerExecutor(place);
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        OnHost on = on(target);
        return new ImageSight(on.engine(), on.probe(target))
                .of(target, on.found().container(target), by);
    }

    @Override
    public Optional<String> reach(Target target) {
        String said = "Docker " + on(target).engine().version().version() + " answers";
        return Optional.of(target.isHere() ? said : said + " on " + target.host());
    }

    @Override
    public List<String> tidy(Target target, Set<String> needed) {
        return new ProtectiveTags(on(target).engine()).tidy(target, "", needed);
    }

    @Override
    public void protect(Target target, TargetEvent.Seen running) {
        on(target).wayBack().protect(target, running.id(), running.source());
    }

    @Override
    public Optional<Problem> obstacle(Target target, Ledger ledger) {
        ContainerSummary container = on(target).found().container(target);
        return on(target).planner().refusals(container).red().stream().findFirst();
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        return on(target).wayBack().lost(release);
    }

    @Override
    public Following onChange(Target target, Runnable changed) {
        return new EventWatch(
                on(target).engine(), target.name(), Found.events(target), changed, place().pause());
    }
}
