package backout.frontdesk;

import backout.chat.Block;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Evidence.Finding;

/**
 * One thing that a rollback needs, and whether it works.
 *
 * @param next what to do about it; empty where nothing is to be done
 */
public record Diagnosis(Finding finding, Phrase what, Phrase next) {
    public static Diagnosis well(Phrase what) {
        return new Diagnosis(Finding.WELL, what, Phrase.NONE);
    }

    public static Diagnosis unwell(Phrase what, Phrase next) {
        return new Diagnosis(Finding.UNWELL, what, next);
    }

    /** Nobody could look, or nobody answered. */
    public static Diagnosis unknown(Phrase what, Phrase next) {
        return new Diagnosis(Finding.UNKNOWN, what, next);
    }

    /** As people read it. */
    public Block.Line line() {
        Block.Mark mark =
                switch (finding) {
                    case WELL -> Block.Mark.DONE;
                    case UNWELL -> Block.Mark.FAILED;
                    case UNKNOWN -> Block.Mark.UNKNOWN;
                };
        return new Block.Line(mark, what, next);
    }

    /** What does not work, of a thing that is named. */
    public static Diagnosis unwell(Phrase of, Problem problem) {
        return unwell(Phrase.of("{0}: {1}", of, problem.what()), problem.next());
    }
}
