package backout.executor.container;

import backout.archive.BackupLook;
import backout.archive.BackupTask;
import backout.archive.StateLook;
import backout.check.Probe;
import backout.docker.ContainerEyes;
import backout.docker.ContainerLog;
import backout.docker.ContainerProbe;
import backout.docker.Engine;
import backout.docker.ImageLook;
import backout.docker.Owner;
import backout.docker.Ports;
import backout.docker.ProtectTask;
import backout.docker.PullTask;
import backout.docker.Registries;
import backout.docker.RegistryLogins;
import backout.docker.SwapMove;
import backout.docker.WayBack;
import backout.host.Host;
import backout.host.HostExecutor;
import backout.host.Workplace;
import backout.http.TargetProbe;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Outlook;
import backout.run.Probes;
import backout.run.Request;
import backout.run.SecretLook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What works on the targets of one machine, with its engine. */
final class OnHost implements HostExecutor.There {
    private final Engine engine;
    private final Found found;
    private final Planner planner;
    private final WayBack wayBack;
    private final ContainerLog log;
    private final TargetProbe address;
    private final Map<String, Action> actions;

    /** Connects to nothing yet. */
    OnHost(Host host, Workplace place) {
        String at = host.engine().orElseGet(place::engine);
        this.engine = Engine.of(host, at);
        this.found = new Found(engine);
        var secrets = place.secrets();
        var registries = new Registries(engine, new RegistryLogins(host, Optional.empty()));
        this.wayBack = new WayBack(engine, registries, place.nanos());
        this.log = new ContainerLog(engine, secrets);
        this.address = new TargetProbe(host, secrets);
        var content = new ContainerData(engine, host, at);
        var ports = new Ports(engine, host);
        var looks =
                new Looks(
                        engine,
                        new ImageLook(engine, host),
                        ports,
                        new SecretLook(secrets),
                        new StateLook(place.stateDir()),
                        content,
                        BackupLook.on(host, place));
        this.planner = new Planner(engine, registries, new Owner(host), ports, looks.all());
        this.actions =
                Map.of(
                        "container.pull",
                        new PullTask(engine, host, Optional.empty()),
                        "container.protect",
                        new ProtectTask(engine),
                        "container.backup",
                        new BackupTask(content, host.name(), place.stateDir(), place.clock()),
                        Steps.SWAP,
                        new SwapMove(engine, new SwapByRun(engine, host, at)));
    }

    Engine engine() {
        return engine;
    }

    Found found() {
        return found;
    }

    Planner planner() {
        return planner;
    }

    WayBack wayBack() {
        return wayBack;
    }

    @Override
    public Outlook look(Request request, Instant now, Deadline by) {
        return planner().look(request, now, by);
    }

    @Override
    public List<Phrase> changed(Target target, Plan plan) {
        return planner().changed(target, plan);
    }

    @Override
    public Map<String, Action> actions() {
        return actions;
    }

    Probe probe(Target target) {
        return address.of(target);
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        String name = Found.name(target);
        Map<String, String> wanted =
                plan.map(it -> Map.of(name, (undone ? it.from() : it.to()).identity()))
                        .orElseGet(Map::of);
        return new ContainerEyes(
                target,
                new ContainerProbe(engine, found::named, name, wanted),
                probe(target),
                log,
                () -> found.container(target),
                List::of);
    }
}
