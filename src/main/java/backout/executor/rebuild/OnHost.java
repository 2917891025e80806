package backout.executor.rebuild;

import backout.check.Probe;
import backout.host.Host;
import backout.host.HostExecutor;
import backout.host.Workplace;
import backout.http.TargetProbe;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.Request;
import backout.run.SecretLook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What works on one machine. */
final class OnHost implements HostExecutor.There {
    private final Root root;
    private final Secrets secrets;
    private final TargetProbe address;
    private final Planner planner;
    private final Map<String, Action> actions;

    /** Connects to nothing yet. */
    OnHost(Host host, Workplace place) {
        this.root = new Root(host);
        this.secrets = place.secrets();
        this.address = new TargetProbe(host, secrets);
        Path key = place.stateDir().resolve("key.txt");
        var looks = new Looks(host, new SecretLook(secrets));
        this.planner = new Planner(root, new Kept(key), looks.all());
        var job = new Job(root, place.pause(), Job.HOME);
        this.actions =
                Map.of(
                        Steps.DOCKER, new DockerTask(root, job),
                        Steps.IMAGE, new ImageTask(root, job),
                        Steps.FILES, new FilesMove(root, key),
                        Steps.UP, new UpMove(root, job));
    }

    Root root() {
        return root;
    }

    Planner planner() {
        return planner;
    }

    Probe probe(Target target) {
        return address.of(target);
    }

    @Override
    public Outlook look(Request request, Instant now, Deadline by) {
        return planner.look(request, now, by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan) {
        return planner.changed(target, plan);
    }

    @Override
    public Map<String, Action> actions() {
        return actions;
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return new RebuildEyes(root, new Project(target), probe(target), secrets);
    }
}
