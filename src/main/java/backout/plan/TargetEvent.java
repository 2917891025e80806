package backout.plan;

import backout.language.Phrase;

import java.time.Instant;

/**
 * What is remembered about a target beyond single runs. The ledger and the lock are folded from
 * these.
 */
public sealed interface TargetEvent {
    Instant at();

    /** A release was seen running; repeated sightings move {@code lastSeen}. */
    record Seen(Instant at, String id, String image, String tag, String version)
            implements TargetEvent {}

    /** Its checks held for the target's {@code good-after}. */
    record FoundGood(Instant at, String id, String version) implements TargetEvent {}

    /** Its compose and env files were kept as an artifact. */
    record FilesKept(Instant at, String id, String artifact) implements TargetEvent {}

    /** Rolled back from, or said to be bad by a person. */
    record MarkedBad(Instant at, String id, Phrase why, String by) implements TargetEvent {}

    /** Somebody takes the mark back. */
    record Cleared(Instant at, String id, String by) implements TargetEvent {}

    /**
     * It was looked whether a release can still be had.
     *
     * @param lost why not; nothing when it can
     */
    record LookedFor(Instant at, String id, Phrase lost) implements TargetEvent {}

    record Locked(Instant at, String by, Phrase why, String run) implements TargetEvent {}

    record Unlocked(Instant at, String by, Phrase why) implements TargetEvent {}
}
