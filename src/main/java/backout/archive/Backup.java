package backout.archive;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Saves compose files, env files and data folders into one tar.zst or tar.gz and reads it back. The
 * archive's name appears only when it and its manifest are wholly on disk.
 */
public final class Backup {
    private static final Duration LOOK_WITHIN = Duration.ofMinutes(2);

    private final InstantSource clock;
    private final Space space;
    private final String host;
    private final String tool;
    private final Sealed sealed;

    /**
     * @param host where the files are, for the manifest
     * @param tool this program and its version, for the manifest
     * @param key encrypts archive and manifest; without one they lie there as plain tar.zst and
     *     JSON, mode 0600
     */
    public Backup(
            InstantSource clock, Space space, String host, String tool, Optional<AgeKey> key) {
        this.clock = clock;
        this.space = space;
        this.host = host;
        this.tool = tool;
        this.sealed = new Sealed(key);
    }

    /**
     * Looks at everything that would be saved, and whether it may be read.
     *
     * @throws ProblemException when a part of it could not be saved
     */
    public Estimate estimate(List<Source> sources, Exclusions exclusions) {
        var sizing = new Sizing();
        var tree = new Tree(exclusions, sizing, new ArrayList<>(), LOOK_WITHIN);
        try {
            for (Source source : sources) {
                tree.walk(source);
            }
        } catch (IOException e) {
            throw cannotWrite(sources.getFirst().path(), e);
        }
        return sizing.estimate();
    }

    /**
     * Writes the archive; the caller still has to {@link #verify} it. Low priority is the caller's
     * business. When this throws, nothing is left at the destination.
     *
     * @param destination a new file's path; an existing one is never replaced. Where its name ends
     *     in {@code .tar.gz} or {@code .tar.gz.age} it is a gzip file, else zstd
     */
    public Written write(
            List<Source> sources,
            Path destination,
            Exclusions exclusions,
            Budget budget,
            String release) {
        return write(sources, destination, exclusions, budget, release, (_, _) -> {});
    }

    /** Is told how far the reading is. */
    public interface Progress {
        /**
         * @param read bytes
         * @param of about how many there are
         */
        void read(long read, long of);
    }

    /** The same, which says how far it is. */
    public Written write(
            List<Source> sources,
            Path destination,
            Exclusions exclusions,
            Budget budget,
            String release,
            Progress progress) {
        var target = new Destination(destination, space);
        long all = target.refuseUnfit(sources, () -> estimate(sources, exclusions), budget);
        Path partial = Durable.partial(destination);
        var guard = new Guard(clock, space, destination, budget, read -> progress.read(read, all));
        try {
            return write(sources, destination, partial, exclusions, guard, budget, release);
        } catch (IOException e) {
            throw target.cleanAfter(cannotWrite(destination, e), partial);
        } catch (RuntimeException e) {
            throw target.cleanAfter(e, partial);
        } catch (Error e) {
            throw target.cleanAfter(e, partial);
        }
    }

    /**
     * Reads the whole archive back and compares every file, mode, owner and hash with the manifest.
     *
     * @throws ProblemException names the first entry that is not as it was written
     */
    public Manifest verify(Path archive) {
        return new ArchiveReader(archive, sealed).read(ArchiveReader.Visitor.NOBODY);
    }

    /**
     * Makes a folder for backups that is nobody else's to look into, whoever made it.
     *
     * @throws IOException when it cannot be made
     */
    public static void folder(Path folder) throws IOException {
        Durable.folder(folder);
        if (Durable.isOpen(folder)) {
            Durable.onlyOurs(folder);
        }
    }

    private Written write(
            List<Source> sources,
            Path destination,
            Path partial,
            Exclusions exclusions,
            Guard guard,
            Budget budget,
            String release)
            throws IOException {
        var started = clock.instant();
        var file = new Tally(Channels.newOutputStream(Durable.create(partial)));
        try (file;
                var packed =
                        Packing.of(destination).packing(sealed.writing(file), budget.workers());
                var writer = new ArchiveWriter(packed, guard)) {
            var tree = new Tree(exclusions, writer, writer.warnings(), budget.within());
            for (Source source : sources) {
                tree.walk(source);
            }
            writer.finish();
            String sha256 = file.sha256();
            var manifest =
                    new Manifest(
                            Manifest.FORMAT,
                            release,
                            started,
                            host,
                            tool,
                            exclusions.globs(),
                            writer.entries(),
                            writer.warnings().stream().map(Phrase::toString).toList(),
                            file.bytes(),
                            sha256);
            Durable.sync(partial);
            ManifestFile.write(manifest, destination, sealed);
            Durable.publish(partial, destination);
            return new Written(destination, file.bytes(), sha256, manifest, writer.warnings());
        }
    }

    static ProblemException cannotWrite(Path where, IOException why) {
        return Problem.stop(
                Phrase.of("the backup was not made: {0}", Cause.of(why)),
                where.toString(),
                Phrase.of("Nothing was changed. Look at the disk, then ask again"));
    }

    /**
     * What a backup may use.
     *
     * @param workers threads that compress beside the one that reads; 0 compresses in the reading
     *     thread
     * @param keepFree bytes that stay free at the destination, checked before and while writing
     * @param within longest time for the whole backup
     */
    public record Budget(int workers, long keepFree, Duration within) {
        public Budget {
            if (workers < 0 || keepFree < 0 || !within.isPositive()) {
                throw new IllegalArgumentException(
                        "no budget: " + workers + ", " + keepFree + ", " + within);
            }
        }
    }

    /**
     * A backup that is on disk, not yet read back.
     *
     * @param sha256 of the archive file as it lies there
     * @param warnings what was skipped or changed while it was read, one sentence each; none means
     *     every file is as it was in one moment of its own, not all in the same moment
     */
    public record Written(
            Path archive, long bytes, String sha256, Manifest manifest, List<Phrase> warnings) {
        public Written {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What a backup would hold, before compression.
     *
     * @param bytes in use on the disk: holes of files take no room
     * @param lengths bytes that have to be read, holes too
     */
    public record Estimate(long bytes, long files, long lengths) {
        Estimate(long bytes, long files) {
            this(bytes, files, bytes);
        }

        /** Bytes that are read and lie on no disk. */
        public long holes() {
            return Math.max(0, lengths - bytes);
        }

        /**
         * 1.2 times what is there: data grows while it is read, and some of it does not compress.
         */
        public long bytesNeeded() {
            return Math.addExact(bytes, bytes / 5);
        }
    }
}
