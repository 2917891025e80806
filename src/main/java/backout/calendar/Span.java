package backout.calendar;

import java.time.Instant;

/** A time for which somebody is on call, {@code to} not included. */
record Span(Instant from, Instant to) {
    boolean holds(Instant when) {
        return !when.isBefore(from) && when.isBefore(to);
    }
}
