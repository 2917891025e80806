package backout.plan;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What keeps a target from going forward: a person's lock and that of a rollback are two. Neither
 * takes the other's place; a person lifts both.
 */
final class Locks {
    private static final String NOBODY = "backout";

    private @Nullable TargetLock persons;
    private @Nullable TargetLock runs;
    private @Nullable String lockedOn;

    /**
     * @param running the release that was seen last; null where none was
     */
    void fold(TargetEvent.Locked event, @Nullable String running) {
        var lock = new TargetLock(event.by(), event.why(), event.run(), event.at(), event.until());
        if (lock.isOfRun()) {
            runs = lock;
        } else {
            persons = lock;
            lockedOn = running;
        }
    }

    /** The bot itself lifts what is over: a person's lock in time, else the lock of a run. */
    void fold(TargetEvent.Unlocked event) {
        if (!event.by().equals(NOBODY)) {
            persons = null;
            runs = null;
        } else if (persons != null && !persons.holds(event.at())) {
            persons = null;
        } else {
            runs = null;
        }
    }

    Optional<TargetLock> lock() {
        return Optional.ofNullable(persons).or(this::ofRun);
    }

    Optional<TargetLock> ofRun() {
        return Optional.ofNullable(runs);
    }

    /** What ran when a person locked it, with no rollback since. */
    Optional<String> lockedOn() {
        boolean isLast =
                persons != null && (runs == null || !persons.since().isBefore(runs.since()));
        return isLast ? Optional.ofNullable(lockedOn) : Optional.empty();
    }
}
