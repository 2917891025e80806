package backout.executor.compose;

import backout.check.Probe;
import backout.docker.ContainerEyes;
import backout.docker.ContainerLog;
import backout.docker.ContainerProbe;
import backout.docker.Engine;
import backout.host.Host;
import backout.http.TargetProbe;
import backout.plan.Plan;
import backout.plan.Secrets;
import backout.plan.Target;
import backout.run.Probes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a compose target is looked at with: its containers, its addresses, the last lines of its
 * log.
 */
final class Eyes {
    private final Engine engine;
    private final Discovery discovery;
    private final ContainerLog log;
    private final TargetProbe address;

    Eyes(Engine engine, Host host, Discovery discovery, Secrets secrets) {
        this.engine = engine;
        this.discovery = discovery;
        this.log = new ContainerLog(engine, secrets);
        this.address = new TargetProbe(host, secrets);
    }

    Probes open(Target target, Optional<Plan> plan, boolean undone) {
        Map<String, String> wanted = plan.map(it -> wanted(target, it, undone)).orElseGet(Map::of);
        String project = target.settings().text("project");
        String service = target.settings().text("service");
        return new ContainerEyes(
                target,
                new ContainerProbe(
                        engine, named -> discovery.containers(project, named), service, wanted),
                probe(target),
                log,
                () -> discovery.container(target),
                () -> Dependencies.down(engine, discovery, project, service));
    }

    /** Which image each service that the plan moves should run then. */
    private static Map<String, String> wanted(Target target, Plan plan, boolean undone) {
        var wanted = new HashMap<String, String>();
        plan.steps().stream()
                .filter(Ground::replaces)
                .forEach(
                        step -> wanted.put(step.need("service"), undone ? step.from() : step.to()));
        Plan.Shown own = undone ? plan.from() : plan.to();
        wanted.put(target.settings().text("service"), own.identity());
        return wanted;
    }

    Probe probe(Target target) {
        return address.of(target);
    }
}
