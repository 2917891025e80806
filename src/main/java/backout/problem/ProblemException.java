package backout.problem;

import java.util.List;

/**
 * Stops what was asked for because of one or more {@link Problem}s. A person's mistake or the
 * world's failure, never our own bug: whoever catches it shows the problems and no stack trace.
 */
public final class ProblemException extends RuntimeException {
    private final transient List<Problem> problems;
    private final Kind kind;

    private enum Kind {
        USUAL,
        OF_WORDS,
        UNSEEN,
        LATE
    }

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * @param problems at least one, in the order in which they should be read
     */
    public ProblemException(List<Problem> problems) {
        this(problems, Kind.USUAL);
    }

    private ProblemException(List<Problem> problems, Kind kind) {
        super(problems.isEmpty() ? "" : problems.getFirst().toString());
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ProblemException needs a problem");
        }
        this.problems = List.copyOf(problems);
        this.kind = kind;
    }

    /** What was asked for cannot be had: other words help. */
    public static ProblemException ofWords(List<Problem> problems) {
        return new ProblemException(problems, Kind.OF_WORDS);
    }

    /**
     * The line to where it happens is cut: it may or may not have happened, and is not taken for a
     * failure. Whoever asked for it looks when there is a line again.
     */
    public static ProblemException unseen(Problem problem) {
        return new ProblemException(List.of(problem), Kind.UNSEEN);
    }

    /** What only looks took too long: nothing is known of what it looked at. */
    public static ProblemException late(List<Problem> problems) {
        return new ProblemException(problems, Kind.LATE);
    }

    /** Whether nobody could see how it is: it may be well or not. */
    public boolean couldNotLook() {
        return kind == Kind.UNSEEN || kind == Kind.LATE;
    }

    public boolean isUnseen() {
        return kind == Kind.UNSEEN;
    }

    /** Whether the person has to ask for something else. */
    public boolean isOfWords() {
        return kind == Kind.OF_WORDS;
    }

    public Problem problem() {
        return problems.getFirst();
    }

    public List<Problem> problems() {
        return problems;
    }
}
