package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A target that must not go forward again until a person lifts the lock, or its time is over. A
 * further rollback passes and renews it.
 *
 * @param run the run that set it; empty where a person did
 * @param until null where it has no end
 */
public record TargetLock(
        String by, Phrase why, String run, Instant since, @Nullable Instant until) {
    public TargetLock(String by, Phrase why, String run, Instant since) {
        this(by, why, run, since, null);
    }

    public boolean isOfRun() {
        return !run.isEmpty();
    }

    public boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
