package backout.target.compose;

import backout.archive.AgeKey;
import backout.archive.Backup;
import backout.archive.Budget;
import backout.archive.Exclusions;
import backout.archive.Source;
import backout.archive.Space;
import backout.archive.Written;
import backout.check.Secret;
import backout.docker.ContainerSummary;
import backout.docker.Engine;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.HostPort;
import backout.plan.Secrets;
import backout.plan.Step;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.redis.RdbFile;
import backout.redis.RedisAddress;
import backout.redis.RedisServer;
import backout.redis.Snapshot;
import backout.report.Say;
import backout.run.Receipt;
import backout.run.Task;
import backout.run.Work;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Saves the project's files and data before anything is switched, and reads the archive back. */
final class BackupTask implements Task {
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final long KEEP_FREE = 100L << 20;

    /** Beside the thread that reads and hashes. */
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();

    private static final String ARCHIVES = ".+\\.tar\\.(zst|gz)\\.age";

    private final Engine engine;
    private final Discovery discovery;
    private final ProjectFiles files;
    private final Secrets secrets;
    private final Path folder;
    private final Path keyFile;
    private final InstantSource clock;
    private final Pause pause;

    BackupTask(
            Engine engine,
            Host host,
            ProjectFiles files,
            Secrets secrets,
            Path stateDir,
            InstantSource clock,
            Pause pause) {
        this.engine = engine;
        this.discovery = new Discovery(engine, host);
        this.files = files;
        this.secrets = secrets;
        this.folder = stateDir.resolve("backups");
        this.keyFile = stateDir.resolve("key.txt");
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Duration within(Step step) {
        return WITHIN;
    }

    private Path folder(Step step) {
        return folder.resolve(step.target().name());
    }

    private Path archive(Step step, Work work) {
        boolean gzip = step.with().getOrDefault("pack", "zstd").equals("gzip");
        return folder(step)
                .resolve(work.tag().replace('/', '-') + (gzip ? ".tar.gz.age" : ".tar.zst.age"));
    }

    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        return receipt.flatMap(kept -> kept.value("archive"))
                .filter(path -> Files.exists(Path.of(path)))
                .isPresent();
    }

    @Override
    public Phrase perform(Step step, Work work) {
        Path archive = archive(step, work);
        try {
            Files.createDirectories(folder(step));
            removeParts(folder(step), archive);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            Phrase.of("the backup folder cannot be written: {0}", Cause.of(e)),
                            folder(step).toString(),
                            Phrase.of(
                                    "nothing was changed; make room or mend its rights, then ask"
                                            + " again")));
        }
        var backup =
                new Backup(
                        clock,
                        Space.ofFileStore(),
                        "local",
                        "backout",
                        Optional.of(AgeKey.loadOrCreate(keyFile)));
        List<Source> sources = sources(step, work);
        var exclusions = new Exclusions(step.need("exclude").lines().toList());
        Duration left = work.by().left();
        Written written =
                backup.write(
                        sources,
                        archive,
                        exclusions,
                        new Budget(WORKERS, KEEP_FREE, left),
                        step.need("release"));
        backup.verify(archive);
        work.keep(new Receipt(Map.of("archive", archive.toString(), "sha256", written.sha256())));
        prune(folder(step), Integer.parseInt(step.need("keep")));
        return told(written, archive.getFileName());
    }

    private static Phrase told(Written written, Path name) {
        String size = Say.bytes(written.bytes());
        List<Phrase> warnings = written.warnings();
        return warnings.isEmpty()
                ? Phrase.of("{0}, read back and compared, {1}", size, name)
                : Phrase.count(
                        warnings.size(),
                        "{1}, read back and compared, {2}; {0} warning: {3}",
                        "{1}, read back and compared, {2}; {0} warnings: {3}",
                        size,
                        name,
                        warnings.getFirst());
    }

    /** What an attempt that was cut off left: only a whole archive has the final name. */
    private static void removeParts(Path folder, Path archive) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path :
                    all.filter(one ->
                                    one.getFileName()
                                            .toString()
                                            .startsWith(archive.getFileName().toString()))
                            .toList()) {
                Files.delete(path);
            }
        }
    }

    private List<Source> sources(Step step, Work work) {
        Project project = Project.of(step);
        var sources = new ArrayList<Source>();
        List<Path> paths = files.paths(project);
        for (int i = 0; i < paths.size(); i++) {
            sources.add(
                    new Source("project/" + i + "-" + paths.get(i).getFileName(), paths.get(i)));
        }
        int index = 0;
        for (Path path : data(step, project)) {
            sources.add(new Source("data/" + index++ + "-" + path.getFileName(), path));
        }
        redis(step, work).ifPresent(sources::add);
        return sources;
    }

    /**
     * The folders that are named; else those below the project's folder that the service can write
     * to.
     */
    private List<Path> data(Step step, Project project) {
        if (!step.need("paths").isEmpty()) {
            return step.need("paths")
                    .lines()
                    .map(path -> project.directory().resolve(path))
                    .toList();
        }
        JsonNode mounts =
                engine.inspect(step.need("container"))
                        .map(inspected -> inspected.path("Mounts"))
                        .orElseThrow();
        return mounts.valueStream()
                .filter(mount ->
                        mount.path("Type").asString("").equals("bind")
                                && mount.path("RW").asBoolean(false))
                .map(mount -> Path.of(mount.path("Source").asString("")))
                .filter(path -> path.startsWith(project.directory()) && Files.isDirectory(path))
                .toList();
    }

    /** Redis writes its own consistent copy; the live files are never copied. */
    private Optional<Source> redis(Step step, Work work) {
        if (!step.with().containsKey("redis-address")) {
            return Optional.empty();
        }
        HostPort address = HostPort.parse(step.need("redis-address")).orElseThrow();
        RedisAddress at = RedisAddress.of(address.host(), address.port());
        Optional<Secret> password =
                Optional.ofNullable(step.with().get("redis-password")).flatMap(secrets::of);
        RedisAddress whole =
                password.map(secret -> at.withPassword(() -> secret.reveal().toCharArray()))
                        .orElse(at);
        try (var server = new RedisServer(whole, Duration.ofSeconds(5))) {
            Snapshot snapshot = server.snapshot(work.by().left(), clock, pause::pause);
            Path dump = onHost(step, snapshot);
            RdbFile.check(dump);
            return Optional.of(new Source("redis/dump.rdb", dump));
        }
    }

    /** The dump's place on this machine: the server may know it by its container's path. */
    private Path onHost(Step step, Snapshot snapshot) {
        Path inside = Path.of(snapshot.dir()).resolve(snapshot.dbFilename());
        String service = step.with().getOrDefault("redis-service", "");
        if (service.isEmpty()) {
            return inside;
        }
        for (ContainerSummary container : discovery.containers(step.need("project"), service)) {
            JsonNode mounts = engine.inspect(container.id()).orElseThrow().path("Mounts");
            for (JsonNode mount : mounts.valueStream().toList()) {
                Path destination = Path.of(mount.path("Destination").asString("/-"));
                if (inside.startsWith(destination)) {
                    return Path.of(mount.path("Source").asString(""))
                            .resolve(destination.relativize(inside));
                }
            }
        }
        throw new ProblemException(
                new Problem(
                        Phrase.of(
                                "the dump {0} of service {1} lies in no volume or folder of this"
                                        + " machine",
                                inside, service),
                        step.target().toString(),
                        Phrase.of(
                                "give Redis a volume for {0}, or leave redis out of"
                                        + " config/targets.yml",
                                snapshot.dir())));
    }

    private static void prune(Path folder, int keep) {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> archives =
                    all.filter(path -> path.getFileName().toString().matches(ARCHIVES))
                            .sorted(Comparator.comparing(BackupTask::modified).reversed())
                            .toList();
            for (Path old :
                    archives.subList(
                            Math.min(Math.max(keep, 1), archives.size()), archives.size())) {
                removeParts(folder, old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old backups could not be listed", e);
        }
    }

    private static java.nio.file.attribute.FileTime modified(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {
        Path archive = archive(step, work);
        try {
            if (Files.isDirectory(folder(step))) {
                removeParts(folder(step), archive);
            }
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            Phrase.of("the backup could not be removed"),
                            archive.toString(),
                            Phrase.of("remove it by hand")));
        }
    }
}
