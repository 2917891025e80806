package backout.run;

import java.time.Instant;
import java.util.List;

/** What happens while people are called who could decide. */
public sealed interface CallEvent extends RunEvent {
    /**
     * A level is called because its time had come.
     *
     * @param people empty where nobody of it could be
     */
    record Paged(Instant at, int level, List<String> people) implements CallEvent {
        public Paged {
            people = List.copyOf(people);
        }
    }

    /** Somebody called the present level again. */
    record Nudged(Instant at, String by, int level, List<String> people, String via)
            implements CallEvent {
        public Nudged {
            people = List.copyOf(people);
        }
    }

    /** Somebody is at work on it: nobody else is called before {@code until}. */
    record Claimed(Instant at, String by, Instant until, String via) implements CallEvent {}

    /**
     * The clock goes on.
     *
     * @param via empty where their time ran out
     */
    record GivenBack(Instant at, String by, String via) implements CallEvent {}
}
