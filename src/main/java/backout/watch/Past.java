package backout.watch;

import backout.plan.TargetEvent;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a target has lived through, as far as it matters for a proposal. Folded from its own stream,
 * so that every process and every restart sees the same.
 */
final class Past {
    /** A service that flaps is worth one proposal in that time. */
    static final Duration ONE_PER = Duration.ofHours(1);

    private final Map<String, TargetEvent.Felt> felt = new HashMap<>();
    private String running = "";
    private @Nullable Instant changed;
    private boolean wasWell;
    private TargetEvent.@Nullable Proposed proposed;

    static Past of(List<TargetEvent> events) {
        var past = new Past();
        events.forEach(past::fold);
        return past;
    }

    private void fold(TargetEvent event) {
        switch (event) {
            case TargetEvent.Seen e when !e.id().equals(running) -> change(e);
            case TargetEvent.Felt e -> felt.put(e.id(), e);
            case TargetEvent.Proposed e when mayPropose(e.at()) -> proposed = e;
            default -> {}
        }
    }

    private void change(TargetEvent.Seen seen) {
        changed = running.isEmpty() ? null : seen.at();
        wasWell = Optional.ofNullable(felt.get(running)).filter(TargetEvent.Felt::well).isPresent();
        running = seen.id();
        felt.remove(seen.id());
    }

    /** The release that was seen last; empty where none ever was. */
    String running() {
        return running;
    }

    /** When it took the place of another; empty for the first one that was ever seen. */
    Optional<Instant> changed() {
        return Optional.ofNullable(changed);
    }

    /** Whether the one before was well when it was looked at last. */
    boolean wasWellBefore() {
        return wasWell;
    }

    /** How what runs was found to be; empty while nobody could tell. */
    Optional<TargetEvent.Felt> felt() {
        return Optional.ofNullable(felt.get(running));
    }

    /** Since when it has not been seen well; empty while it is not known to be unwell. */
    Optional<Instant> unwellSince() {
        return felt().filter(one -> !one.well()).map(TargetEvent.Felt::at);
    }

    boolean mayPropose(Instant now) {
        return proposed == null || !now.isBefore(proposed.at().plus(ONE_PER));
    }

    Optional<TargetEvent.Proposed> proposed() {
        return Optional.ofNullable(proposed);
    }
}
