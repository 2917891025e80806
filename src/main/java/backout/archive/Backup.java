package backout.archive;

import backout.language.Phrase;
import backout.problem.Cause;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
        var target = new Target(destination, space);
        target.refuseUnfit(sources, () -> estimate(sources, exclusions), budget);
        Path partial = Durable.partial(destination);
        try {
            return write(sources, destination, partial, exclusions, budget, release);
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
            Budget budget,
            String release)
            throws IOException {
        var started = clock.instant();
        var guard = new Guard(clock, space, destination, budget);
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

    private static ProblemException cannotWrite(Path where, IOException why) {
        return Problem.stop(
                Phrase.of("the backup was not made: {0}", Cause.of(why)),
                where.toString(),
                Phrase.of("Nothing was changed. Look at the disk, then ask again"));
    }

    /** The place where the archive shall be. */
    private record Target(Path destination, Space space) {
        void refuseUnfit(List<Source> sources, Supplier<Estimate> sizing, Budget budget) {
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("nothing to back up");
            }
            Source.refuseClashes(sources);
            try {
                refuseInside(sources);
                refuseExisting();
                refuseFull(sizing.get(), budget);
            } catch (IOException e) {
                throw cannotWrite(destination, e);
            }
        }

        private Path folder() throws IOException {
            Path parent = destination.toAbsolutePath().getParent();
            if (parent == null) {
                throw new IllegalArgumentException("not a file: " + destination);
            }
            Durable.folder(parent);
            return parent.toRealPath();
        }

        private void refuseInside(List<Source> sources) throws IOException {
            Path real = folder().resolve(destination.getFileName());
            for (Source source : sources) {
                if (source.far().isEmpty()
                        && Files.exists(source.path())
                        && real.startsWith(source.path().toRealPath())) {
                    throw unfit(
                            Phrase.of(
                                    "the backup would lie inside {0}, which it saves",
                                    source.path()),
                            Phrase.of("Choose a backup folder outside of it"));
                }
            }
        }

        private void refuseExisting() {
            if (Files.exists(destination)) {
                throw unfit(
                        Phrase.of("there is a backup of that name already"),
                        Phrase.of("Choose another name"));
            }
        }

        private void refuseFull(Estimate estimate, Budget budget) throws IOException {
            long free = space.freeBytes(folder());
            if (free - budget.keepFree() < estimate.bytesNeeded()) {
                throw unfit(
                        Phrase.of(
                                "the backup may need {0} bytes and {1} must stay free, but only {2}"
                                        + " are free",
                                "%,d".formatted(estimate.bytesNeeded()),
                                "%,d".formatted(budget.keepFree()),
                                "%,d".formatted(free)),
                        Phrase.of("Free some room, or exclude what need not be saved"));
            }
            var inodes = space.freeInodes(folder());
            if (inodes.isPresent() && inodes.getAsLong() < 4) {
                throw unfit(
                        Phrase.of("no inodes are left for new files"),
                        Phrase.of("Delete small files that nobody needs"));
            }
        }

        /** Clean-up never hides why it was needed. */
        <E extends Throwable> E cleanAfter(E cause, Path partial) {
            try {
                Files.deleteIfExists(partial);
                Files.deleteIfExists(Durable.partial(ManifestFile.of(destination)));
                Files.deleteIfExists(ManifestFile.of(destination));
                Files.deleteIfExists(destination);
            } catch (IOException left) {
                cause.addSuppressed(left);
            }
            return cause;
        }

        private ProblemException unfit(Phrase what, Phrase next) {
            return Problem.stop(what, destination.toString(), next);
        }
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

        /**
         * 1.2 times what is there: data grows while it is read, and some of it does not compress.
         */
        public long bytesNeeded() {
            return Math.addExact(bytes, bytes / 5);
        }
    }
}
