package backout.store.sql;

import backout.plan.TargetEvent;

import java.util.List;

/** The names under which a target's events are stored for ever. */
final class StoredTargetEvents {
    static final List<StoredForm.Type<TargetEvent>> TYPES =
            List.of(
                    new StoredForm.Type<>("seen", 1, TargetEvent.Seen.class),
                    new StoredForm.Type<>("found-good", 1, TargetEvent.FoundGood.class),
                    new StoredForm.Type<>("files-kept", 1, TargetEvent.FilesKept.class),
                    new StoredForm.Type<>("marked-bad", 1, TargetEvent.MarkedBad.class),
                    new StoredForm.Type<>("cleared", 1, TargetEvent.Cleared.class),
                    new StoredForm.Type<>("looked-for", 1, TargetEvent.LookedFor.class),
                    new StoredForm.Type<>("locked", 1, TargetEvent.Locked.class),
                    new StoredForm.Type<>("unlocked", 1, TargetEvent.Unlocked.class));

    static final StoredForm<TargetEvent> FORM = new StoredForm<>(TYPES);

    private StoredTargetEvents() {}
}
