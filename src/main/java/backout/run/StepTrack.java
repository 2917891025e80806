package backout.run;

import backout.run.RunEvent.Leg;
import backout.run.RunEvent.StepFailed;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How far one step has come on each of its legs. */
final class StepTrack {
    private final Set<Leg> began = EnumSet.noneOf(Leg.class);
    private final Set<Leg> done = EnumSet.noneOf(Leg.class);
    private final Map<Leg, StepFailed> failed = new EnumMap<>(Leg.class);
    private @Nullable Receipt receipt;

    void fold(RunEvent.StepBegan event) {
        began.add(event.leg());
    }

    void fold(RunEvent.ReceiptKept event) {
        receipt = event.receipt();
    }

    void fold(RunEvent.StepDone event) {
        done.add(event.leg());
    }

    void fold(StepFailed event) {
        failed.put(event.leg(), event);
    }

    boolean began(Leg leg) {
        return began.contains(leg);
    }

    boolean done(Leg leg) {
        return done.contains(leg);
    }

    boolean ended(Leg leg) {
        return done(leg) || failed.containsKey(leg);
    }

    Optional<StepFailed> failure(Leg leg) {
        return Optional.ofNullable(failed.get(leg));
    }

    Optional<Receipt> receipt() {
        return Optional.ofNullable(receipt);
    }
}
