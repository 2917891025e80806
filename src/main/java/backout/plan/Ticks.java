package backout.plan;

import backout.problem.Sha256;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What people saw by hand of the release that runs now: whatever else is seen to run begins anew,
 * and so does a rollback that is proven.
 */
public final class Ticks {
    private static final int LETTERS = 6;

    private final Map<String, TargetEvent.Ticked> byItem = new HashMap<>();

    /** Null until somebody looked; what a run brought is seen later, and is nothing else then. */
    private @Nullable String running;

    private Ticks() {}

    public static Ticks of(List<TargetEvent> events) {
        var ticks = new Ticks();
        events.forEach(ticks::fold);
        return ticks;
    }

    private void fold(TargetEvent event) {
        switch (event) {
            case TargetEvent.Ticked tick -> byItem.putIfAbsent(tick.item(), tick);
            case TargetEvent.Locked lock when !lock.run().isEmpty() -> begin(null);
            case TargetEvent.Seen seen when running == null -> running = seen.id();
            case TargetEvent.Seen seen when !seen.id().equals(running) -> begin(seen.id());
            default -> {}
        }
    }

    private void begin(@Nullable String id) {
        byItem.clear();
        running = id;
    }

    /** Who saw it first; empty where nobody did. */
    public Optional<TargetEvent.Ticked> of(String item) {
        return Optional.ofNullable(byItem.get(item));
    }

    /** What stands for it on a button, and is typed: the same as long as the sentence is. */
    public static String code(TargetName target, String item) {
        return Sha256.of(target + "\n" + item).substring(0, LETTERS).toUpperCase(Locale.ROOT);
    }
}
