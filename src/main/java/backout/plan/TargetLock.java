package backout.plan;

import backout.language.Phrase;

import java.time.Instant;

/**
 * A target after a rollback: it must not go forward again until a person lifts the lock. A further
 * rollback passes and renews it.
 *
 * @param run the run that set it
 */
public record TargetLock(String by, Phrase why, String run, Instant since) {}
