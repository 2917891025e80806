package backout.executor.source;

import backout.host.HostExecutor;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Remedy;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.ReportedVersion;
import backout.run.Running;
import backout.supervisor.Found;

import java.util.List;
import java.util.Optional;

/** Rolls back a service that runs out of a folder, without any container. */
public final class SourceExecutor extends HostExecutor<OnHost> {
    /** What targets of kind source and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "source",
                    SourceSettings.ALL,
                    List.of(Steps.BUILD, Steps.BACKUP),
                    List.of(Steps.SWITCH),
                    Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.MEDIUM).byHand("5–10", "3–5"));

    private SourceExecutor(Workplace place) {
        super(place, host -> new OnHost(host, place));
    }

    /** Does not connect yet. */
    public static SourceExecutor of(Workplace place) {
        return new SourceExecutor(place);
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
                        Names.brief(commit),
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
