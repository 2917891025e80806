package backout.executor.rebuild;

import backout.host.HostExecutor;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Remedy;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.run.Deadline;
import backout.run.ReportedVersion;
import backout.run.Running;

import java.util.List;
import java.util.Optional;

/** Makes the Docker environment of a service from nothing on a machine. */
public final class RebuildExecutor extends HostExecutor<OnHost> {
    /** What targets of kind rebuild and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "rebuild",
                    RebuildSettings.ALL,
                    List.of(Steps.DOCKER, Steps.IMAGE),
                    List.of(Steps.FILES, Steps.UP),
                    Remedy.of(Remedy.Sort.REBUILD, Remedy.Difficulty.MEDIUM).byHand("30–60"));

    private RebuildExecutor(Workplace place) {
        super(place, host -> new OnHost(host, place));
    }

    /** Connects to nothing yet. */
    public static RebuildExecutor of(Workplace place) {
        return new RebuildExecutor(place);
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        var project = new Project(target);
        OnHost on = on(target);
        return State.of(on.root(), project.name(), project.service())
                .image()
                .map(id ->
                        new Running(
                                id,
                                project.image(),
                                project.image().replaceFirst(".*:", ""),
                                new ReportedVersion(on.probe(target)).of(target, by)));
    }

    /** Asked by doctor: what of the needed is missing is told while nobody needs it. */
    @Override
    public Optional<String> reach(Target target) {
        Facts facts = on(target).planner().ready(target);
        return Optional.of(
                facts.system()
                        + " answers on "
                        + target.host()
                        + "; the saved image and the files are whole");
    }

    /** Tells, while it runs, that it could not be made again. */
    @Override
    public Optional<Problem> obstacle(Target target, Ledger ledger) {
        return on(target).planner().missing(target).stream().findFirst();
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        return on(target).planner().lost(target, release);
    }
}
