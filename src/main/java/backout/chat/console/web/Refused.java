package backout.chat.console.web;

import backout.language.Phrase;
import backout.problem.Problem;

/** An HTTP request that gets no page of its own: nothing was done. */
final class Refused extends Exception {
    private final int status;
    private final transient Problem problem;

    /**
     * @param status of HTTP, such as 404
     */
    Refused(int status, Phrase what, Phrase next) {
        super(what.toString());
        this.status = status;
        this.problem = Problem.of(what, next);
    }

    static Refused notFound() {
        return new Refused(
                404, Phrase.of("nothing is kept at this address"), Phrase.of("open the console"));
    }

    int status() {
        return status;
    }

    Problem problem() {
        return problem;
    }
}
