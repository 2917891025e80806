package backout.executor.compose;

import backout.archive.Artifacts;
import backout.archive.BackupLook;
import backout.archive.BackupTask;
import backout.archive.StateLook;
import backout.docker.Engine;
import backout.docker.ImageLook;
import backout.docker.Ports;
import backout.docker.ProtectTask;
import backout.docker.PullTask;
import backout.docker.Registries;
import backout.docker.RegistryLogins;
import backout.docker.SwapMove;
import backout.docker.WayBack;
import backout.host.Host;
import backout.host.HostExecutor;
import backout.host.Leftovers;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.redis.RedisDump;
import backout.run.Action;
import backout.run.Deadline;
import backout.run.Outlook;
import backout.run.Preflight;
import backout.run.Probes;
import backout.run.Request;
import backout.run.SecretLook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What works on the targets of one machine: with its engine, its compose, its files. What the bot
 * keeps (artifacts, backups, the key) lies on its own machine, whichever that is.
 */
final class OnHost implements HostExecutor.There {
    private final Engine engine;
    private final Discovery discovery;
    private final Planner planner;
    private final Eyes eyes;
    private final Ground ground;
    private final ProjectFiles files;
    private final Snapshots snapshots;
    private final WayBack wayBack;
    private final Map<String, Action> actions;

    /**
     * Connects to nothing yet.
     *
     * @param dockerConfig the folder of the registry logins; empty for the usual one
     */
    OnHost(Host host, Workplace place, Optional<Path> dockerConfig) {
        Path stateDir = place.stateDir();
        String address = host.engine().orElseGet(place::engine);
        this.engine = Engine.of(host, address);
        this.discovery = new Discovery(engine, host);
        var containers = new Containers(engine, discovery);
        var secrets = place.secrets();
        var cli = new ComposeCli(host, address);
        this.files = new ProjectFiles(host, cli);
        var artifacts = new Artifacts(stateDir.resolve("artifacts"), stateDir.resolve("key.txt"));
        this.snapshots = new Snapshots(files, artifacts, new GitFiles(host, files));
        var logins = new RegistryLogins(host, dockerConfig);
        var registries = new Registries(engine, logins);
        this.wayBack = new WayBack(engine, registries, place.nanos());
        var redis = new RedisDump(engine, host, secrets, place.clock(), place.pause());
        var content = new BackupSources(engine, host, files, redis, cli);
        var ports = new Ports(engine, host);
        var state = new StateLook(stateDir);
        var images = new ImageLook(engine, host);
        var preflight =
                new Preflight<Prospect>(
                        List.of(
                                new EngineLook(images, cli),
                                new ForeignLook(engine),
                                prospect -> prospect.each(ports::look),
                                new ChosenPorts(engine),
                                prospect -> prospect.room(images, state),
                                new GitLook(host, files),
                                new WriteLook(host, state),
                                prospect -> prospect.secrets(new SecretLook(secrets)),
                                new DataLook(content, redis, BackupLook.on(host, place))));
        var footing = new Footing(host, files, stateDir.resolve("key.txt"));
        this.planner =
                new Planner(engine, host, cli, files, snapshots, preflight, registries, footing);
        this.eyes = new Eyes(engine, host, discovery, secrets);
        this.ground = new Ground(engine, host, cli, ports, footing);
        var leftovers = new Leftovers(host, place.pause());
        this.actions =
                Map.of(
                        "compose.pull",
                        new PullTask(engine, host, dockerConfig),
                        "compose.protect",
                        new ProtectTask(engine),
                        "compose.backup",
                        new BackupTask(content, host.name(), stateDir, place.clock()),
                        "compose.file",
                        new FileMove(host, files, snapshots, artifacts),
                        "compose.up",
                        new UpMove(cli, discovery, containers, leftovers),
                        "compose.swap",
                        new SwapMove(engine, new SwapByCompose(engine, cli, containers)));
    }

    Engine engine() {
        return engine;
    }

    Discovery discovery() {
        return discovery;
    }

    Planner planner() {
        return planner;
    }

    Eyes eyes() {
        return eyes;
    }

    Ground ground() {
        return ground;
    }

    ProjectFiles files() {
        return files;
    }

    Snapshots snapshots() {
        return snapshots;
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
        return ground().changed(planner().look(target, () -> Ground.project(plan)), plan);
    }

    @Override
    public Probes probes(Target target, Optional<Plan> plan, boolean undone) {
        return eyes().open(target, plan, undone);
    }

    @Override
    public Map<String, Action> actions() {
        return actions;
    }
}
