package backout.plan;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered about a target beyond single runs. The ledger and the lock are folded from
 * these.
 */
public sealed interface TargetEvent {
    Instant at();

    /**
     * A release was seen running; repeated sightings move {@code lastSeen}.
     *
     * @param source as in {@link Release}
     */
    record Seen(Instant at, String id, String source, String tag, String version)
            implements TargetEvent {}

    /**
     * Its checks held for the target's {@code good-after}, a person says that it is good, or a run
     * that went to it ended proven.
     *
     * @param remarks with what it is good only: what should hold and did not, who said so; told
     *     wherever the release is offered, and gone with the next one that has none
     * @param run which proved it; empty where no run did
     */
    record FoundGood(Instant at, String id, String version, List<Phrase> remarks, String run)
            implements TargetEvent {
        public FoundGood {
            remarks = List.copyOf(remarks);
        }

        public FoundGood(Instant at, String id, String version, List<Phrase> remarks) {
            this(at, id, version, remarks, "");
        }

        public FoundGood(Instant at, String id, String version) {
            this(at, id, version, List.of());
        }
    }

    /** Its compose and env files were kept as an artifact. */
    record FilesKept(Instant at, String id, String artifact) implements TargetEvent {}

    /**
     * Rolled back from, undone, or said to be bad by a person.
     *
     * @param said a person said it of this release: checks that hold do not take it back
     * @param via the face that it came from, as in a vote; empty for what no person said
     */
    record MarkedBad(Instant at, String id, Phrase why, String by, boolean said, String via)
            implements TargetEvent {
        public MarkedBad(Instant at, String id, Phrase why, String by, boolean said) {
            this(at, id, why, by, said, "");
        }

        public MarkedBad(Instant at, String id, Phrase why, String by) {
            this(at, id, why, by, false);
        }
    }

    /** The mark is taken back: by a person, by a proven run, by checks that held. */
    record Cleared(Instant at, String id, String by, Phrase why, String via)
            implements TargetEvent {
        public Cleared(Instant at, String id, String by) {
            this(at, id, by, Phrase.NONE);
        }

        public Cleared(Instant at, String id, String by, Phrase why) {
            this(at, id, by, why, "");
        }
    }

    /**
     * It was looked whether a release can still be had.
     *
     * @param id {@link #ANY} for whichever: whether the target could be rolled back at all
     * @param lost why not; nothing when it can
     */
    record LookedFor(Instant at, String id, Phrase lost) implements TargetEvent {
        public static final String ANY = "";
    }

    /** Something about it should not be so; everybody is told, once for as long as it lasts. */
    record Warned(Instant at, Phrase says) implements TargetEvent {}

    /** How its release was found to be; only a change is worth an event. */
    record Felt(Instant at, String id, boolean well) implements TargetEvent {}

    /**
     * A program says that it deployed a release.
     *
     * @param release as it names it; what runs then says {@link Seen}
     * @param delivery its own id of what it said, so that the same is not told twice
     */
    record Deployed(Instant at, String release, String by, String delivery, String via)
            implements TargetEvent {}

    /**
     * Somebody saw that it is so, of what only people can see.
     *
     * @param item the sentence of {@code config/checklists.yml}, as it stood there
     */
    record Ticked(Instant at, String item, String by, String via) implements TargetEvent {}

    /** Somebody has its suites played, which change data of it. */
    record SuiteBegan(Instant at, String by, String via) implements TargetEvent {}

    /**
     * All that was to be sent by it was sent, or given up.
     *
     * @param seen what came of each list
     */
    record SuiteEnded(Instant at, Phrase seen) implements TargetEvent {}

    /**
     * The bot is about to propose a rollback in that run. Of several within an hour the first
     * counts.
     */
    record Proposed(Instant at, String run) implements TargetEvent {}

    /** The bot began that run by itself. */
    record WentBack(Instant at, String run) implements TargetEvent {}

    /**
     * @param run that set it; empty where a person did
     * @param until null where it has no end
     */
    record Locked(
            Instant at, String by, Phrase why, String run, @Nullable Instant until, String via)
            implements TargetEvent {
        public Locked(Instant at, String by, Phrase why, String run) {
            this(at, by, why, run, null, "");
        }
    }

    /** As in {@link Freeze}; the next one takes its place. */
    record Frozen(Instant at, String by, Phrase why, @Nullable Instant until, int level, String via)
            implements TargetEvent {}

    /** Something may be run on it again: somebody says so, or its time is over. */
    record Thawed(Instant at, String by, Phrase why, String via) implements TargetEvent {}

    /**
     * A run was begun without the votes that its policy asks for; of the whole site.
     *
     * @param level the lowest that may review it
     * @param via the face that it came from, as in a vote
     */
    record GlassBroken(
            Instant at,
            String run,
            TargetName target,
            String by,
            String reason,
            int level,
            String via)
            implements TargetEvent {}

    /** Somebody else looked at how that run was begun; of the whole site. */
    record GlassReviewed(Instant at, String run, String by, Phrase why, String via)
            implements TargetEvent {}

    /** The banner of its status page was taken down. */
    record BannerLifted(Instant at, String by, String via) implements TargetEvent {}

    /** People were told that a lock or a freeze is still there, or that it will soon be over. */
    record Reminded(Instant at, Phrase says) implements TargetEvent {}

    /** The places that people could be led to were found otherwise than the time before. */
    record StandbySeen(Instant at, Readiness readiness) implements TargetEvent {}

    record Unlocked(Instant at, String by, Phrase why, String via) implements TargetEvent {
        public Unlocked(Instant at, String by, Phrase why) {
            this(at, by, why, "");
        }
    }
}
