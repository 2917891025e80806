package backout.problem;

import java.util.List;

/**
 * Stops what was asked for because of one or more {@link Problem}s. A person's mistake or the
 * world's failure, never our own bug: whoever catches it shows the problems and no stack trace.
 */
public final class ProblemException extends RuntimeException {
    private final transient List<Problem> problems;
    private final boolean ofWords;

    public ProblemException(Problem problem) {
        this(List.of(problem));
    }

    /**
     * @param problems at least one, in the order in which they should be read
     */
    public ProblemException(List<Problem> problems) {
        this(problems, false);
    }

    private ProblemException(List<Problem> problems, boolean ofWords) {
        super(problems.isEmpty() ? "" : problems.getFirst().toString());
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ProblemException needs a problem");
        }
        this.problems = List.copyOf(problems);
        this.ofWords = ofWords;
    }

    /** What was asked for cannot be had: other words help. */
    public static ProblemException ofWords(List<Problem> problems) {
        return new ProblemException(problems, true);
    }

    /** Whether the person has to ask for something else. */
    public boolean isOfWords() {
        return ofWords;
    }

    public Problem problem() {
        return problems.getFirst();
    }

    public List<Problem> problems() {
        return problems;
    }
}
