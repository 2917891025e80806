package backout.executor.compose;

import backout.archive.Artifacts;
import backout.archive.Backup;
import backout.archive.Space;
import backout.docker.Engine;
import backout.docker.ProtectTask;
import backout.docker.PullTask;
import backout.docker.Registries;
import backout.docker.RegistryLogins;
import backout.docker.WayBack;
import backout.host.Host;
import backout.host.Leftovers;
import backout.plan.Secrets;
import backout.run.Action;
import backout.run.Pause;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What works on the targets of one machine: with its engine, its compose, its files. What the bot
 * keeps (artifacts, backups, the key) lies on its own machine, whichever that is.
 */
final class OnHost {
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
     * What is the same for all machines.
     *
     * @param dockerAddress where the bot's own engine listens
     * @param dockerConfig the folder of its registry logins; empty for the usual one
     */
    record Means(
            String dockerAddress,
            Path stateDir,
            InstantSource clock,
            Pause pause,
            LongSupplier nanos,
            Optional<Path> dockerConfig) {}

    /** Connects to nothing yet. */
    OnHost(Host host, Means means) {
        Path stateDir = means.stateDir();
        String address = host.engine().orElseGet(means::dockerAddress);
        this.engine = Engine.of(host, address);
        this.discovery = new Discovery(engine, host);
        var containers = new Containers(engine, discovery);
        var secrets = new Secrets(name -> Optional.ofNullable(System.getenv(name)).orElse(""));
        var cli = new ComposeCli(host, address);
        this.files = new ProjectFiles(host, cli);
        var artifacts = new Artifacts(stateDir.resolve("artifacts"), stateDir.resolve("key.txt"));
        this.snapshots = new Snapshots(files, artifacts, new GitFiles(host, files));
        var logins = new RegistryLogins(host, means.dockerConfig());
        var registries = new Registries(engine, logins);
        this.wayBack = new WayBack(engine, registries, means.nanos());
        var content = new BackupSources(engine, host, files);
        var redis = new RedisDump(engine, host, secrets, means.clock(), means.pause());
        var ports = new PortLook(engine, host);
        var backup =
                new Backup(
                        means.clock(),
                        Space.ofFileStore(),
                        host.name(),
                        "backout",
                        Optional.empty());
        var preflight =
                new Preflight(
                        List.of(
                                new EngineLook(engine, cli),
                                new ForeignLook(engine),
                                ports,
                                new ChosenPorts(engine),
                                new DiskLook(engine, host, stateDir),
                                new GitLook(host, files),
                                new WriteLook(host, stateDir),
                                new SecretLook(secrets),
                                new BackupLook(
                                        content, redis, backup, BackupTask.folder(stateDir))));
        var footing = new Footing(host, files, stateDir.resolve("key.txt"));
        this.planner =
                new Planner(engine, host, cli, files, snapshots, preflight, registries, footing);
        this.eyes = new Eyes(engine, host, discovery, secrets);
        this.ground = new Ground(engine, host, cli, ports, footing);
        var leftovers = new Leftovers(host, means.pause());
        this.actions =
                Map.of(
                        "compose.pull", new PullTask(engine, host, means.dockerConfig()),
                        "compose.protect", new ProtectTask(engine),
                        "compose.backup",
                                new BackupTask(content, redis, host, stateDir, means.clock()),
                        "compose.file", new FileMove(host, files, snapshots, artifacts),
                        "compose.up", new UpMove(cli, discovery, containers, leftovers),
                        "compose.swap", new SwapMove(engine, cli, containers));
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

    /** By the words that steps use. */
    Map<String, Action> actions() {
        return actions;
    }
}
