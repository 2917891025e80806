package backout.chat.console;

import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Optional;

/** Where lines are printed, and where somebody may sit and answer. */
public interface Screen {
    void show(Message message);

    /** A sentence; {@code lead} (a time, a mark) stands before its first line. */
    void say(String lead, Phrase text);

    /** The same with a lead that has words. */
    void say(Phrase lead, Phrase text);

    void refuse(List<Problem> problems);

    /** Whether somebody sits there who can be asked. */
    boolean hasPerson();

    /** Prints a question; the answer comes with {@link #heard}. */
    void ask(Phrase question);

    /** A line that was typed meanwhile; never waits. */
    Optional<String> heard();

    /** Ends a half line that a question left. */
    void endLine();
}
