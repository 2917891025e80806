package backout.executor.vercel;

import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.host.Workplace;
import backout.http.TargetProbe;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Remedy;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.plan.TargetKind;
import backout.problem.ProblemException;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Executor;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.ReportedVersion;
import backout.run.Request;
import backout.run.Running;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Rolls back a project on Vercel by having its domains lead to an older deployment. */
public final class VercelExecutor implements Executor {
    /** What targets of kind vercel and their commands may have. */
    public static final TargetKind KIND =
            new TargetKind(
                    "vercel",
                    VercelSettings.ALL,
                    List.of(),
                    List.of(Planner.SWITCH),
                    Remedy.of(Remedy.Sort.RELEASE, Remedy.Difficulty.VERY_LOW).byHand("1–2"));

    private final Workplace place;
    private final Secrets secrets;
    private final TargetProbe probe;

    private VercelExecutor(Workplace place) {
        this.place = place;
        this.secrets = new Secrets(name -> Optional.ofNullable(System.getenv(name)).orElse(""));
        this.probe = new TargetProbe(place.hosts().named("local"), secrets);
    }

    /** Connects to nothing yet. */
    public static VercelExecutor of(Workplace place) {
        return new VercelExecutor(place);
    }

    private Vercel vercel(Target target) {
        return new Vercel(target, secrets, place.pause());
    }

    private Planner planner(Target target) {
        return new Planner(vercel(target), new Looks(secrets).all());
    }

    @Override
    public Outlook look(Request request, Deadline by) {
        return planner(request.target()).look(request, place.clock().instant(), by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan, Deadline by) {
        return planner(target).changed(target, plan);
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of(Planner.SWITCH, new AliasMove(secrets, place.pause()));
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return new Eyes(probe.of(target), () -> current(target));
    }

    private String current(Target target) {
        Vercel vercel = vercel(target);
        Project project = vercel.project(target.settings().text("project"));
        return Planner.current(target, project, vercel.domains(project.id()));
    }

    private record Eyes(Probe http, Supplier<String> current) implements Probes {
        @Override
        public Reading look(Subject filled, Duration deadline) {
            return http.look(filled, deadline);
        }

        @Override
        public String running() {
            return current.get();
        }
    }

    @Override
    public Optional<Running> sight(Target target, Deadline by) {
        Vercel vercel = vercel(target);
        Project project = vercel.project(target.settings().text("project"));
        String current = Planner.current(target, project, vercel.domains(project.id()));
        Optional<Deployment> deployment = deployment(vercel, project, current);
        return Optional.of(
                new Running(
                        current,
                        deployment.map(one -> one.address().toString()).orElse(current),
                        deployment.map(Deployment::name).orElse(""),
                        new ReportedVersion(probe.of(target)).of(target, by)));
    }

    private static Optional<Deployment> deployment(Vercel vercel, Project project, String id) {
        return vercel.deployments(project.id()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<String> reach(Target target) {
        Project project = vercel(target).project(target.settings().text("project"));
        return Optional.of("Vercel answers for the project " + project.id());
    }

    @Override
    public Optional<Phrase> lost(Target target, Release release) {
        Vercel vercel = vercel(target);
        Project project = vercel.project(target.settings().text("project"));
        var releases =
                new DeploymentReleases(vercel.deployments(project.id()), place.clock().instant());
        try {
            var _ = releases.again(release);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem().what());
        }
    }
}
