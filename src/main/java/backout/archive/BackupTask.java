package backout.archive;

import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Settings;
import backout.plan.Step;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.report.Say;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Task;
import backout.run.Work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Saves a target's files and data before anything is switched, and reads the archive back. Its step
 * says {@code keep} (how many older ones), {@code exclude} (globs, one a line), {@code pack} and
 * {@code release}, besides what the sources are found by.
 */
public final class BackupTask implements Task {
    public static final Duration WITHIN = Duration.ofMinutes(10);

    /** Bytes that the data must leave free where backups are. */
    static final long KEEP_FREE = 100L << 20;

    /** Beside the thread that reads and hashes. */
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();

    private static final String ARCHIVES = ".+\\.tar\\.(zst|gz)\\.age";

    /** What is saved, as whoever knows the target says it. */
    public interface Content {
        /** What is always saved, of a full disk too. At least one. */
        List<Source> files(Step step);

        /**
         * The rest, without the parts that are left out.
         *
         * @param within for what must be written first, such as a dump
         */
        List<Source> data(Step step, Unsaved unsaved, Duration within);

        /** Of its files those that lie on the machine. */
        default List<Source> lying(Step step) {
            return files(step);
        }

        /** Lines of a shell that write what does not lie there into {@code "$saved"}. */
        default List<String> typed(Step step) {
            return List.of();
        }
    }

    private final Content content;
    private final String host;
    private final Path folder;
    private final Path keyFile;
    private final InstantSource clock;

    /**
     * @param host where the sources are, for the manifest
     * @param stateDir where backups and their key lie
     */
    public BackupTask(Content content, String host, Path stateDir, InstantSource clock) {
        this.content = content;
        this.host = host;
        this.folder = folder(stateDir);
        this.keyFile = stateDir.resolve("key.txt");
        this.clock = clock;
    }

    /**
     * What its step carries besides that.
     *
     * @param settings with {@code backup.exclude}, {@code backup.pack}, {@code backup.keep}
     * @param release what the backup is made for
     */
    public static Map<String, String> with(Settings settings, String release, Unsaved unsaved) {
        var with = new LinkedHashMap<String, String>();
        with.put("exclude", String.join("\n", settings.texts("backup.exclude")));
        with.put("pack", settings.text("backup.pack"));
        with.put("keep", Long.toString(settings.number("backup.keep")));
        with.put("release", release);
        with.putAll(unsaved.with());
        return with;
    }

    /** Where all backups are, each target's in a folder of its own. */
    public static Path folder(Path stateDir) {
        return stateDir.resolve("backups");
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
            Backup.folder(folder);
            Backup.folder(folder(step));
            removeParts(folder(step), archive);
        } catch (IOException e) {
            throw Problem.stop(
                    Phrase.of("the backup folder cannot be written: {0}", Cause.of(e)),
                    folder(step).toString(),
                    Phrase.of(
                            "nothing was changed; make room or mend its rights, then ask"
                                    + " again"));
        }
        prune(folder(step), Integer.parseInt(step.need("keep")));
        var exclusions = new Exclusions(step.need("exclude").lines().toList());
        // The files first: what lies in a data folder too is saved once, excluded or not
        var sources = new ArrayList<>(content.files(step));
        boolean small = !sources.addAll(content.data(step, Unsaved.of(step), work.by().left()));
        Duration left = work.by().left();
        Space space = small ? Space.withReserve() : Space.ofFileStore();
        var key = Optional.of(AgeKey.loadOrCreate(keyFile));
        var backup = new Backup(clock, space, host, "backout", key);
        Backup.Written written =
                backup.write(
                        sources,
                        archive,
                        exclusions,
                        new Backup.Budget(WORKERS, small ? 0 : KEEP_FREE, left),
                        step.need("release"),
                        new ReadSoFar(work));
        backup.verify(archive);
        work.keep(new Receipt(Map.of("archive", archive.toString(), "sha256", written.sha256())));
        return told(written, archive.getFileName());
    }

    private static Phrase told(Backup.Written written, Path name) {
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

    /** The same into a folder that is nobody else's; only a whole archive lets it go on. */
    @Override
    public Script script(Step step) {
        Unsaved unsaved = Unsaved.of(step).and(Unsaved.REDIS);
        List<String> paths =
                Stream.concat(
                                content.lying(step).stream(),
                                content.data(step, unsaved, WITHIN).stream())
                        .map(source -> source.path().toString().substring(1))
                        .distinct()
                        .toList();
        var lines = new ArrayList<>(List.of("if [ -z \"${WITHOUT_BACKUP-}\" ]; then"));
        lines.add("saved=$(mktemp -d \"$PWD/backout-emergency.XXXXXX\")");
        lines.addAll(content.typed(step));
        if (!paths.isEmpty()) {
            var tar = "tar -czf \"$saved/data.tar.gz\" -C / " + Hooks.typed(paths);
            lines.add("# 1: something was written to while it was read");
            lines.add(tar + " || [ \"$?\" -eq 1 ] || stop \"$saved\"");
            lines.add("tar -tzf \"$saved/data.tar.gz\" > /dev/null || stop \"$saved\"");
        }
        lines.add("printf '%s\\n' \"$saved\"");
        lines.add("fi");
        return new Script(List.of(), lines, List.of());
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

    /**
     * Before another one is made, and no sooner: of a run that is cancelled nothing has pushed an
     * older one out.
     */
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
            throw Problem.stop(
                    Phrase.of("the backup could not be removed"),
                    archive.toString(),
                    Phrase.of("remove it by hand"));
        }
    }
}
