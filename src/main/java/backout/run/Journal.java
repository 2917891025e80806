package backout.run;

import backout.plan.TargetEvent;
import backout.plan.TargetName;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where events are kept. An append is on disk (fsync) when it returns; what it returned is never
 * lost.
 */
public interface Journal {
    /** What came of beginning a run. */
    sealed interface Begun {
        /** The run is new. */
        record New(RunId run) implements Begun {}

        /** This delivery was seen before and began that run. */
        record Same(RunId run) implements Begun {}

        /** That run holds one of the targets; nothing was begun. */
        record Held(RunId run) implements Begun {}
    }

    /**
     * Somebody else appended first, or the lease is not the current one; nothing was written. Read
     * again.
     */
    final class Overtaken extends RuntimeException {
        public Overtaken(String what) {
            super(what);
        }
    }

    /**
     * Begins a run unless one of its targets has an open one or its delivery was seen before; one
     * transaction.
     */
    Begun begin(RunEvent.Requested requested);

    /** The same, where it is about no other target than the run's own. */
    default void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            List<TargetEvent> about,
            @Nullable Lease lease) {
        Map<TargetName, List<TargetEvent>> own =
                about.isEmpty() ? Map.of() : Map.of(Run.of(read(run)).request().target(), about);
        append(run, expected, events, own, lease);
    }

    /**
     * Appends to a run and, in the same transaction, to the streams of the targets that it is about
     * and to the outbox. A {@link RunEvent.Finished} gives the target free.
     *
     * @param expected how many events the caller has read
     * @param lease the lease under which the work was done; null for what people say
     * @throws Overtaken when there are more, when {@code lease} is no longer the current one, or
     *     when the switch of what is frozen would begin, or one without votes by a person of whom a
     *     review is open; nothing was written
     */
    void append(
            RunId run,
            int expected,
            List<RunEvent> events,
            Map<TargetName, List<TargetEvent>> about,
            @Nullable Lease lease);

    /**
     * Which runs something was appended to, by whichever process.
     *
     * @param mark where the next look goes on
     */
    record Changes(long mark, Set<RunId> runs) {
        /** Before the first look, which tells of no run and gives the mark to go on from. */
        public static final long NEVER = -1;

        public Changes {
            runs = Set.copyOf(runs);
        }
    }

    /**
     * What changed since an earlier look; where nothing did, that costs next to nothing.
     *
     * @param mark of that look, or {@link Changes#NEVER}
     */
    Changes since(long mark);

    /** All events of a run in order; empty when there is no such run. */
    List<RunEvent> read(RunId run);

    /**
     * The place in the chain of the run's last event; the same as long as nothing is appended to
     * it. Empty where that was written before the chain began.
     */
    Optional<Head> sealed(RunId run);

    /** Runs that are not finished, oldest first. */
    List<RunId> open();

    /** The one open run that is about this target; a second one is not begun. */
    default Optional<RunId> holder(TargetName target) {
        return open().stream().filter(id -> Run.of(read(id)).request().isAbout(target)).findFirst();
    }

    /** The last runs, newest first. */
    default List<RunId> recent(int most) {
        return recent(most, Optional.empty());
    }

    /**
     * The same, begun before another one; none where that is not kept any more.
     *
     * @param before empty for the newest
     */
    List<RunId> recent(int most, Optional<RunId> before);

    /** A target's own stream in order. */
    List<TargetEvent> read(TargetName target);

    /** Appends to a target's own stream without a run. */
    void append(TargetName target, List<TargetEvent> events);

    /** Keeps what the last look at a target saw; the one before it is forgotten. */
    void note(TargetName target, Condition condition);

    /** The last look of whichever process looked; empty before the first one. */
    Optional<Condition> condition(TargetName target);
}
