package backout.plan;

import java.time.Instant;

/**
 * A target after a rollback: it must not go forward again until a person lifts the lock. A further
 * rollback passes and renews it.
 *
 * @param run the run that set it
 */
public record TargetLock(String by, String why, String run, Instant since) {}
