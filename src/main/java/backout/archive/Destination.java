package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** The place where the archive shall be. */
record Destination(Path path, Space space) {
    /** Gives the bytes that will be read. */
    long refuseUnfit(List<Source> sources, Supplier<Backup.Estimate> sizing, Backup.Budget budget) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("nothing to back up");
        }
        Source.refuseClashes(sources);
        try {
            refuseInside(sources);
            refuseExisting();
            Backup.Estimate estimate = sizing.get();
            refuseFull(estimate, budget);
            return estimate.lengths();
        } catch (IOException e) {
            throw Backup.cannotWrite(path, e);
        }
    }

    private Path folder() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a file: " + path);
        }
        Durable.folder(parent);
        return parent.toRealPath();
    }

    private void refuseInside(List<Source> sources) throws IOException {
        Path real = folder().resolve(path.getFileName());
        for (Source source : sources) {
            if (source.far().isEmpty()
                    && Files.exists(source.path())
                    && real.startsWith(source.path().toRealPath())) {
                throw unfit(
                        Phrase.of("the backup would lie inside {0}, which it saves", source.path()),
                        Phrase.of("Choose a backup folder outside of it"));
            }
        }
    }

    private void refuseExisting() {
        if (Files.exists(path)) {
            throw unfit(
                    Phrase.of("there is a backup of that name already"),
                    Phrase.of("Choose another name"));
        }
    }

    private void refuseFull(Backup.Estimate estimate, Backup.Budget budget) throws IOException {
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
            Files.deleteIfExists(Durable.partial(ManifestFile.of(path)));
            Files.deleteIfExists(ManifestFile.of(path));
            Files.deleteIfExists(path);
        } catch (IOException left) {
            cause.addSuppressed(left);
        }
        return cause;
    }

    private ProblemException unfit(Phrase what, Phrase next) {
        return Problem.stop(what, path.toString(), next);
    }
}
