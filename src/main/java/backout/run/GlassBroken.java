package backout.run;

import java.time.Instant;
import java.util.List;

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
}
