package backout.executor.compose;

import backout.archive.Backup;
import backout.archive.Exclusions;
import backout.archive.Source;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.problem.Problem;
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
final class BackupLook implements Preflight.Look {
    private static final Duration COUNT_WITHIN = Duration.ofSeconds(15);

    /** What a slow disk reads in a second. */
    private static final long SLOWEST = 50L << 20;

    private final BackupSources content;
    private final RedisDump redis;
    private final Backup backup;
    private final Path folder;

    /**
     * @param folder where backups are kept
     */
    BackupLook(BackupSources content, RedisDump redis, Backup backup, Path folder) {
        this.content = content;
        this.redis = redis;
        this.backup = backup;
        this.folder = folder;
    }

    @Override
    public Findings at(Prospect prospect) {
        if (!prospect.prepares("compose.backup")) {
            return Findings.fine();
        }
        if (Unsaved.isWished(prospect.wanted())) {
            Phrase wished = Phrase.of("said so: without data backup");
            return Findings.unsaved(
                    RedisWay.of(prospect.target().settings()).isPresent()
                            ? Map.of(Unsaved.DATA, wished, Unsaved.REDIS, wished)
                            : Map.of(Unsaved.DATA, wished));
        }
        Counted data = data(prospect);
        return data.findings().and(redis(prospect, data.needed()));
    }

    /** What was found of the data, and the room that it will take. */
    private record Counted(Findings findings, long needed) {
        static Counted none(Findings findings) {
            return new Counted(findings, 0);
        }
    }

    private Counted data(Prospect prospect) {
        var counting = new FutureTask<>(() -> counted(prospect));
        Thread.ofVirtual().name("count what is backed up").start(counting);
        try {
            return counting.get(COUNT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            counting.cancel(true);
            return Counted.none(
                    Findings.amber(
                            Phrase.of(
                                    "nobody knows how large the data is: counting it took more than"
                                        + " {0}; if the backup takes too long, say: without data"
                                        + " backup",
                                    COUNT_WITHIN)));
        } catch (InterruptedException e) {
            counting.cancel(true);
            Thread.currentThread().interrupt();
            return Counted.none(Findings.fine());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Counted counted(Prospect prospect) {
        try {
            Settings settings = prospect.target().settings();
            List<Source> sources =
                    content.data(prospect.project(), prospect.container().name(), prospect.saved());
            if (sources.isEmpty()) {
                return Counted.none(Findings.fine());
            }
            Optional<Phrase> inside = inside(sources);
            return inside.isPresent()
                    ? Counted.none(unsaved(Unsaved.DATA, inside.get()))
                    : fits(
                            backup.estimate(
                                    sources, new Exclusions(settings.texts("backup.exclude"))));
        } catch (ProblemException e) {
            return Counted.none(unsaved(Unsaved.DATA, e.problem().what()));
        }
    }

    private Optional<Phrase> inside(List<Source> sources) {
        Path here = folder.toAbsolutePath().normalize();
        return sources.stream()
                .filter(source -> source.far().isEmpty())
                .map(Source::path)
                .filter(here::startsWith)
                .findFirst()
                .map(path -> Phrase.of("the backup would lie inside {0}, which it saves", path));
    }

    private Counted fits(Backup.Estimate estimate) {
        Optional<Phrase> full = full(estimate.bytesNeeded(), 0);
        if (full.isPresent()) {
            return Counted.none(unsaved(Unsaved.DATA, full.get()));
        }
        return estimate.lengths() > SLOWEST * BackupTask.WITHIN.toSeconds()
                ? Counted.none(
                        unsaved(
                                Unsaved.DATA,
                                Phrase.of(
                                        "there are {0} to be read, too much for {1}",
                                        Say.bytes(estimate.lengths()), BackupTask.WITHIN)))
                : new Counted(Findings.fine(), estimate.bytesNeeded());
    }

    private Optional<Phrase> full(long needed, long besides) {
        long free = Host.local().space(folder).freeBytes();
        long room = Math.max(0, free - BackupTask.KEEP_FREE - besides);
        return needed <= room
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "it may need {0}, and {1} have room for it on the disk of {2}",
                                Say.bytes(needed), Say.bytes(room), folder));
    }

    /** Its own copy lies on the same disk perhaps. */
    private Findings redis(Prospect prospect, long besides) {
        Optional<RedisWay> way = RedisWay.of(prospect.target().settings());
        if (way.isEmpty()) {
            return Findings.fine();
        }
        try {
            long bytes = redis.look(prospect.project().name(), way.get());
            return full(Math.multiplyExact(2, bytes), besides)
                    .map(why -> unsaved(Unsaved.REDIS, why))
                    .orElse(Findings.fine());
        } catch (ProblemException e) {
            return unsaved(Unsaved.REDIS, withNext(e.problem()));
        }
    }

    /** It may be mended before the rollback is asked for. */
    private static Phrase withNext(Problem problem) {
        return problem.next().isEmpty()
                ? problem.what()
                : Phrase.of("{0} ({1})", problem.what(), problem.next());
    }

    private static Findings unsaved(String part, Phrase why) {
        var parts = new LinkedHashMap<String, Phrase>();
        parts.put(part, why);
        return Findings.unsaved(parts);
    }
}
