package backout.archive;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongConsumer;

/** Stops a backup that takes too long or fills the disk of the service that it is to save. */
final class Guard {
    private static final long LOOK_EVERY = 64L << 20;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Space space;
    private final Path destination;
    private final Backup.Budget budget;
    private final Instant deadline;
    private final LongConsumer progress;
    private long read;
    private long untilLook = LOOK_EVERY;

    /**
     * @param progress is told how many bytes are read
     */
    Guard(
            InstantSource clock,
            Space space,
            Path destination,
            Backup.Budget budget,
            LongConsumer progress) {
        this.progress = progress;
        this.clock = clock;
        this.space = space;
        this.destination = destination;
        this.budget = budget;
        this.deadline = clock.instant().plus(budget.within());
    }

    /** A moment at least: whoever has none is stopped by {@link #check}. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /**
     * @param bytes read since the last call
     */
    void check(long bytes) throws IOException {
        if (clock.instant().isAfter(deadline)) {
            throw stopped(
                    Phrase.of(
                            "the backup was stopped and taken away: it took longer than {0} s",
                            budget.within().toSeconds()));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw stopped(
                    Phrase.of("the backup was stopped and taken away: the run was cancelled"));
        }
        read += bytes;
        progress.accept(read);
        untilLook -= bytes;
        if (untilLook <= 0) {
            untilLook = LOOK_EVERY;
            refuseFull();
        }
    }

    private void refuseFull() throws IOException {
        long free = space.freeBytes(destination.resolveSibling("."));
        if (free < budget.keepFree()) {
            throw stopped(
                    Phrase.of(
                            "the backup was stopped and taken away: only {0} bytes are free, {1}"
                                    + " must stay free",
                            "%,d".formatted(free), "%,d".formatted(budget.keepFree())));
        }
    }

    private ProblemException stopped(Phrase what) {
        return Problem.stop(
                what,
                destination.toString(),
                Phrase.of("Exclude what need not be saved, or give it more room and time"));
    }
}
