package backout.frontdesk;

import backout.chat.Message;
import backout.run.RunId;

/**
 * What came of a request; what is refused is a {@link backout.problem.ProblemException}, told to
 * that person alone.
 */
public sealed interface Reply {
    /** An answer to read, nothing more. */
    record Told(Message message) implements Reply {}

    /**
     * The request belongs to this run, begun by it or changed by it. {@code said} is one line for
     * who asked.
     */
    record OfRun(RunId run, String said) implements Reply {}
}
