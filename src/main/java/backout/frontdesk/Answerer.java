package backout.frontdesk;

import backout.chat.Form;
import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.RunId;

import java.util.List;

/** How one person is told, by their face, what came of one thing that they asked for. */
public interface Answerer {
    void tell(Message message);

    /**
     * Nothing was done, or no answer could be had.
     *
     * @param problems at least one
     */
    default void refuse(List<Problem> problems) {
        tell(Message.refusal(problems.getFirst()));
    }

    /** The answer takes a look at the world, and follows. */
    default void promise(Phrase said) {
        tell(Message.line(said));
    }

    /** It went to this run, whose card shows the rest. */
    default void lead(RunId run, Phrase said) {
        tell(Message.line(said));
    }

    /**
     * Something is missing; nothing was done.
     *
     * @param otherwise says it where there are no dialogs, or none that opens
     */
    default void ask(Form form, Problem otherwise) {
        refuse(List.of(otherwise));
    }
}
