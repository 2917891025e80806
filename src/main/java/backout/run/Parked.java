package backout.run;

import backout.language.Phrase;

import java.time.Instant;

/** Where {@link Runner#drive} left a run. */
public sealed interface Parked {
    /** It is over. */
    record Over(Outcome outcome) implements Parked {}

    /**
     * Nothing to do before {@code until} unless somebody says something: then the run has more than
     * these {@code events}.
     */
    record Until(Instant until, int events) implements Parked {}

    /** Another process is working on its target. */
    record Elsewhere() implements Parked {}

    /** This Backout must not go on with it; {@code why} says what to do. */
    record Halted(Phrase why) implements Parked {}
}
