package backout.frontdesk;

import backout.chat.Form;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.RunId;

import java.util.function.Supplier;

/**
 * What came of a request; what is refused is a {@link backout.problem.ProblemException}, told to
 * that person alone.
 */
public sealed interface Reply {
    /** An answer to read, nothing more. */
    record Told(Message message) implements Reply {}

    /**
     * An answer that takes a look at the world: seconds, or minutes. Nothing was changed and
     * nothing will be.
     *
     * @param said what to tell until it is there
     * @param answer blocks; throws a {@link backout.problem.ProblemException} when there is none
     */
    record Later(Phrase said, Supplier<Message> answer) implements Reply {}

    /**
     * The request belongs to this run, begun by it or changed by it. {@code said} is one line for
     * who asked.
     */
    record OfRun(RunId run, Phrase said) implements Reply {}

    /** What is remembered about this target changed, for everybody; {@code message} answers. */
    record OfTarget(TargetName target, Message message) implements Reply {}

    /**
     * Something is missing; nothing was done.
     *
     * @param form asks for it, where the face has dialogs
     * @param otherwise says it, where it has none
     */
    record Ask(Form form, Problem otherwise) implements Reply {}
}
