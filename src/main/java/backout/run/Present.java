package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

/** What is there now, as a {@link Move} finds it. */
public sealed interface Present {
    /** The identity that is there, the same words as a step's from and to. */
    record At(String identity) implements Present {}

    /** Left in the middle; {@code what} says of what. The move can finish it. */
    record Between(Phrase what) implements Present {}

    /** Nothing is there: no container, no file. */
    record Gone(Phrase what) implements Present {}

    /**
     * Nobody could look. Never taken for any of the others.
     *
     * @param isCut because there was no line to it: it can be seen when there is one again
     */
    record Unknown(Problem problem, boolean isCut) implements Present {
        public static Unknown of(ProblemException why) {
            return new Unknown(why.problem(), why.isUnseen());
        }

        ProblemException stop() {
            return isCut ? ProblemException.unseen(problem) : new ProblemException(problem);
        }
    }

    default boolean isAt(String identity) {
        return this instanceof At(String there) && there.equals(identity);
    }

    /** In words, for people and the journal. */
    default Phrase says() {
        return switch (this) {
            case At(String identity) -> Phrase.verbatim(identity);
            case Between(Phrase what) -> Phrase.of("in between: {0}", what);
            case Gone(Phrase what) -> Phrase.of("gone: {0}", what);
            case Unknown(Problem problem, _) -> Phrase.of("unknown: {0}", problem.phrase());
        };
    }
}
