package backout.frontdesk;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.util.List;

/** What somebody types so that nobody presses by mistake. */
final class Typed {
    private Typed() {}

    /**
     * @param any what is right, the usual one first
     * @throws ProblemException when it is something else, with what to type
     */
    static void require(String typed, List<String> any) {
        if (!any.contains(typed.strip())) {
            throw Problem.stop(
                    Phrase.of("\"{0}\" is not what is to be typed here", Shown.of(typed)),
                    Phrase.of("type exactly: {0}", any.getFirst()));
        }
    }
}
