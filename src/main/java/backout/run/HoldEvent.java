package backout.run;

import java.time.Instant;

/** What people say of a run that is approved and not over. */
public sealed interface HoldEvent extends RunEvent {
    /** No further step is begun before {@code until}, unless somebody says that it may go on. */
    record Paused(Instant at, String by, Instant until, String reason, String via)
            implements HoldEvent {}

    /** It goes on. */
    record Resumed(Instant at, String by, String via) implements HoldEvent {}

    /** What was begun is taken back. */
    record Aborted(Instant at, String by, String reason, String via) implements HoldEvent {}
}
