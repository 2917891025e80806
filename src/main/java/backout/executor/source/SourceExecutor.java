package backout.executor.source;

import backout.host.PerHost;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.ReportedVersion;
import backout.run.Request;
import backout.run.Running;
import backout.supervisor.Found;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rolls back a service that runs out of a folder, without any container. */
public final class SourceExecutor implements Executor {
    /** What targets of kind source and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "source",
                    SourceSettings.ALL,
                    List.of(Steps.BUILD, Steps.BACKUP),
                    List.of(Steps.SWITCH));

    private final Workplace place;
    private final PerHost<OnHost> hosts;

    private SourceExecutor(Workplace place) {
        this.place = place;
        this.hosts = new PerHost<>(place.hosts(), host -> new OnHost(host, place));
    }

    /** Does not connect yet. */
    public static SourceExecutor of(Workplace place) {
        return new SourceExecutor(place);
    }

    private OnHost on(Target target) {
        return hosts.on(target);
    }

    @Override
    public Outlook look(Request request, Deadline by) {
        return on(request.target()).planner().look(request, place.clock().instant(), by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return on(target).planner().changed(target, plan);
    }

    @Override
    public Map<String, Action> actions() {
        return hosts.here().actions();
    }

    @Override
    public Optional<Action> action(Step step) {
        return Optional.ofNullable(hosts.on(step).actions().get(step.action()));
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return on(target).eyes(target);
    }

    /** Of the process, not of the folder that somebody may have changed under it. */
    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        OnHost on = on(target);
        Layout layout = Layout.of(on.host(), target);
        if (!on.services().runs(layout.current(), Looks.port(target))) {
            return Optional.empty();
        }
        String commit = layout.commit();
        String name = layout.isInPlace() ? "" : layout.current().getFileName().toString();
        return Optional.of(
                new Running(
                        commit,
                        commit,
                        commit.startsWith(name) ? "" : name,
                        new ReportedVersion(on.probe(target)).of(target, by)));
    }

    @Override
    public Optional<Problem> obstacle(Target target, Ledger ledger) {
        OnHost on = on(target);
        Layout layout = Layout.of(on.host(), target);
        Found found = on.services().found(layout.current(), Looks.port(target));
        return found.owners().isEmpty()
                ? Optional.of(Services.nobody(layout.current()).problem())
                : found.against().stream().findFirst();
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        Layout layout = Layout.of(on(target).host(), target);
        try {
            var _ =
                    new SourceReleases(layout, target, Ledger.of(List.of()), release.lastSeen())
                            .again(release);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().what());
        }
    }
}
