package backout.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody has it run without the votes that its policy asks for, and typed what it is about: it
 * counts as the confirmation too, of that plan alone.
 *
 * @param plan the hash of the plan that it is said of
 * @param level the lowest that may review it: that from which the votes would have counted
 * @param skipped who was called, would have been or could have voted in silence, and did not say
 *     yes
 * @param via the face that it came from, as in {@link backout.approval.Vote}
 */
public record GlassBroken(
        Instant at,
        String by,
        String plan,
        String reason,
        int level,
        List<String> skipped,
        String via)
        implements RunEvent {
    public GlassBroken {
        skipped = List.copyOf(skipped);
    }

    /** What it says of the plan besides. */
    RunEvent.Confirmed confirmed() {
        return new RunEvent.Confirmed(at, by, plan, via, "");
    }

    /** The one by which the plan of now begins; empty where none does. */
    public static Optional<GlassBroken> now(Run run) {
        if (!run.isConfirmed()) {
            return Optional.empty();
        }
        return run.events().reversed().stream()
                .takeWhile(event -> !(event instanceof RunEvent.PlanChanged))
                .filter(GlassBroken.class::isInstance)
                .map(GlassBroken.class::cast)
                .findFirst();
    }

    /** The last one of a run, though its plan was made anew since; empty where there was none. */
    public static Optional<GlassBroken> of(Run run) {
        return run.events().stream()
                .filter(GlassBroken.class::isInstance)
                .map(GlassBroken.class::cast)
                .reduce((_, last) -> last);
    }
}
