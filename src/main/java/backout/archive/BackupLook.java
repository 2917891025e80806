package backout.archive;

import backout.host.Host;
import backout.host.Workplace;
import backout.language.Phrase;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.Findings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Whether data can be saved in the room and the time that there is. It never stops a plan. */
public final class BackupLook {
    private static final Duration COUNT_WITHIN = Duration.ofSeconds(15);

    /** What a slow disk reads in a second. */
    private static final long SLOWEST = 50L << 20;

    /**
     * What of holes, for which no disk turns, a slow machine reads, packs and proves in a second.
     */
    private static final long SLOWEST_HOLES = 100L << 20;

    private final Backup backup;
    private final Path folder;

    /**
     * @param folder where backups are kept
     */
    public BackupLook(Backup backup, Path folder) {
        this.backup = backup;
        this.folder = folder;
    }

    /** For what lies on that machine and is saved on the bot's own. */
    public static BackupLook on(Host host, Workplace place) {
        var backup =
                new Backup(
                        place.clock(),
                        Space.ofFileStore(),
                        host.name(),
                        "backout",
                        Optional.empty());
        return new BackupLook(backup, BackupTask.folder(place.stateDir()));
    }

    /** What was found of the data, and the room that it will take. */
    public record Counted(Findings findings, long needed) {
        private static Counted none(Findings findings) {
            return new Counted(findings, 0);
        }

        private static Counted unsaved(Phrase why) {
            return none(Unsaved.data(why));
        }
    }

    /**
     * Counts them, for as long as anybody waits.
     *
     * @param sources the data; none where there is nothing to be saved
     */
    public Counted data(Supplier<List<Source>> sources, Exclusions exclusions) {
        var counting = new FutureTask<>(() -> counted(sources, exclusions));
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

    private Counted counted(Supplier<List<Source>> found, Exclusions exclusions) {
        try {
            List<Source> sources = found.get();
            if (sources.isEmpty()) {
                return Counted.none(Findings.fine());
            }
            Optional<Phrase> inside = inside(sources);
            return inside.isPresent()
                    ? Counted.unsaved(inside.get())
                    : fits(backup.estimate(sources, exclusions));
        } catch (ProblemException e) {
            return Counted.unsaved(e.problem().what());
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
            return Counted.unsaved(full.get());
        }
        long seconds = estimate.bytes() / SLOWEST + estimate.holes() / SLOWEST_HOLES;
        return seconds > BackupTask.WITHIN.toSeconds()
                ? Counted.unsaved(
                        Phrase.of(
                                "there are {0} to be read, too much for {1}",
                                Say.bytes(estimate.lengths()), BackupTask.WITHIN))
                : new Counted(Findings.fine(), estimate.bytesNeeded());
    }

    /**
     * Why there is no room for it.
     *
     * @param besides bytes that something else takes there
     */
    public Optional<Phrase> full(long needed, long besides) {
        long free = Host.local().space(folder).freeBytes();
        long room = Math.max(0, free - BackupTask.KEEP_FREE - besides);
        return needed <= room
                ? Optional.empty()
                : Optional.of(
                        Phrase.of(
                                "it may need {0}, and {1} have room for it on the disk of {2}",
                                Say.bytes(needed), Say.bytes(room), folder));
    }
}
