package backout.target.compose;

import backout.archive.Backup;
import backout.archive.Estimate;
import backout.archive.Exclusions;
import backout.archive.Source;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.problem.ProblemException;
import backout.report.Say;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the data can be saved in the room and the time that there is. It never stops a plan. */
final class BackupLook implements Look {
    private static final Duration COUNT_WITHIN = Duration.ofSeconds(15);

    /** What a slow disk reads in a second. */
    private static final long SLOWEST = 50L << 20;

    private final BackupSources content;
    private final RedisDump redis;
    private final Backup backup;
    private final Host host;
    private final Path folder;

    /**
     * @param folder where backups are kept
     */
    BackupLook(
            BackupSources content, RedisDump redis, Backup backup, Host host, Path folder) {
        this.content = content;
        this.redis = redis;
        this.backup = backup;
        this.host = host;
        this.folder = folder;
    }

    @Override
    public Findings at(Ground ground) {
        if (!ground.prepares("compose.backup")) {
            return Findings.fine();
        }
        if (Unsaved.isWished(ground.wanted())) {
            Phrase wished = Phrase.of("said so: without data backup");
            return Findings.unsaved(
                    RedisWay.of(ground.target().settings()).isPresent()
                            ? Map.of(Unsaved.DATA, wished, Unsaved.REDIS, wished)
                            : Map.of(Unsaved.DATA, wished));
        }
        return data(ground).and(redis(ground));
    }

    private Findings data(Ground ground) {
        var counting = new FutureTask<>(() -> counted(ground));
        Thread.ofVirtual().name("count what is backed up").start(counting);
        try {
            return counting.get(COUNT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            counting.cancel(true);
            return Findings.amber(
                    Phrase.of(
                            "nobody knows how large the data is: counting it took more than {0}; if"
                                    + " the backup takes too long, say: without data backup",
                            COUNT_WITHIN));
        } catch (InterruptedException e) {
            counting.cancel(true);
            Thread.currentThread().interrupt();
            return Findings.fine();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Findings counted(Ground ground) {
        try {
            Settings settings = ground.target().settings();
            List<Source> sources =
                    content.data(
                            ground.project(),
                            ground.container().name(),
                            settings.texts("backup.paths"));
            if (sources.isEmpty()) {
                return Findings.fine();
            }
            Optional<Phrase> inside = inside(sources);
            return inside.isPresent()
                    ? unsaved(Unsaved.DATA, inside.get())
                    : fits(
                            backup.estimate(
                                    sources, new Exclusions(settings.texts("backup.exclude"))));
        } catch (ProblemException e) {
            return unsaved(Unsaved.DATA, e.problem().what());
        }
    }

    private Optional<Phrase> inside(List<Source> sources) {
        Path here = folder.toAbsolutePath().normalize();
        return sources.stream()
                .map(Source::path)
                .filter(here::startsWith)
                .findFirst()
                .map(path -> Phrase.of("the backup would lie inside {0}, which it saves", path));
    }

    private Findings fits(Estimate estimate) {
        long room = Math.max(0, host.space(folder).freeBytes() - BackupTask.KEEP_FREE);
        if (estimate.bytesNeeded() > room) {
            return unsaved(
                    Unsaved.DATA,
                    Phrase.of(
                            "it may need {0}, and {1} have room for it on the disk of {2}",
                            Say.bytes(estimate.bytesNeeded()), Say.bytes(room), folder));
        }
        return estimate.lengths() > SLOWEST * BackupTask.WITHIN.toSeconds()
                ? unsaved(
                        Unsaved.DATA,
                        Phrase.of(
                                "there are {0} to be read, too much for {1}",
                                Say.bytes(estimate.lengths()), BackupTask.WITHIN))
                : Findings.fine();
    }

    private Findings redis(Ground ground) {
        Optional<RedisWay> way = RedisWay.of(ground.target().settings());
        if (way.isEmpty()) {
            return Findings.fine();
        }
        try {
            redis.look(ground.project().name(), way.get());
            return Findings.fine();
        } catch (ProblemException e) {
            return unsaved(Unsaved.REDIS, e.problem().what());
        }
    }

    private static Findings unsaved(String part, Phrase why) {
        var parts = new LinkedHashMap<String, Phrase>();
        parts.put(part, why);
        return Findings.unsaved(parts);
    }
}
