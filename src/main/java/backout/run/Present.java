package backout.run;

import backout.problem.Problem;

/** What is there now, as a {@link Move} finds it. */
public sealed interface Present {
    /** The identity that is there, the same words as a step's from and to. */
    record At(String identity) implements Present {}

    /** Left in the middle; {@code what} says of what. The move can finish it. */
    record Between(String what) implements Present {}

    /** Nothing is there: no container, no file. */
    record Gone(String what) implements Present {}

    /** Nobody could look. Never taken for any of the others. */
    record Unknown(Problem problem) implements Present {}

    default boolean isAt(String identity) {
        return this instanceof At(String there) && there.equals(identity);
    }

    /** In words, for people and the journal. */
    default String says() {
        return switch (this) {
            case At(String identity) -> identity;
            case Between(String what) -> "in between: " + what;
            case Gone(String what) -> "gone: " + what;
            case Unknown(Problem problem) -> "unknown: " + problem;
        };
    }
}
