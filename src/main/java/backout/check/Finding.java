package backout.check;

import java.time.Instant;
import java.util.List;

/** What a {@link Verification} has come to. */
public sealed interface Finding {
    /**
     * Not decided: look again.
     *
     * @param until when patience ends. It may have passed while a series of successes is being
     *     completed: the next look that is not well then decides
     */
    record GoOn(Instant until) implements Finding {}

    /**
     * All that must hold holds.
     *
     * @param warnings what should hold and does not
     */
    record Well(List<Check> warnings) implements Finding {
        public Well {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Something that must hold does not.
     *
     * @param failing at least one
     */
    record Unwell(List<Check> failing) implements Finding {
        public Unwell {
            failing = List.copyOf(failing);
        }
    }

    /**
     * Nobody can tell.
     *
     * @param unseen the checks that could not look; empty when there is none that must hold
     */
    record Unknown(List<Check> unseen) implements Finding {
        public Unknown {
            unseen = List.copyOf(unseen);
        }
    }
}
