package backout.executor.source;

import backout.archive.BackupLook;
import backout.archive.BackupTask;
import backout.archive.StateLook;
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

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What works on the targets of one machine. */
final class OnHost implements HostExecutor.There {
    private final Host host;
    private final Services services;
    private final Planner planner;
    private final TargetProbe address;
    private final SourceLog log;
    private final Map<String, Action> actions;

    /** Connects to nothing yet. */
    OnHost(Host host, Workplace place) {
        this.host = host;
        this.services = new Services(host, place.pause());
        Secrets secrets = place.secrets();
        this.address = new TargetProbe(host, secrets);
        this.log = new SourceLog(host, services, secrets);
        var content = new SourceData(host);
        var looks =
                new Looks(
                        host,
                        new SecretLook(secrets),
                        new StateLook(place.stateDir()),
                        content,
                        BackupLook.on(host, place));
        this.planner = new Planner(host, services, looks.all());
        this.actions =
                Map.of(
                        Steps.BUILD,
                        new BuildTask(host, place.pause()),
                        Steps.BACKUP,
                        new BackupTask(content, host.name(), place.stateDir(), place.clock()),
                        Steps.SWITCH,
                        new SwitchMove(host, place.pause()));
    }

    Host host() {
        return host;
    }

    Services services() {
        return services;
    }

    Planner planner() {
        return planner;
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
        return new SourceEyes(host, services, target, probe(target), log);
    }
}
