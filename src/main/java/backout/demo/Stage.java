package backout.demo;

import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;

import java.time.Duration;
import java.util.List;

/** Where the demo is watched: a terminal, and who may end it there. */
public interface Stage {
    void show(Message message);

    /** A sentence; {@code lead} (a time, a prompt) stands before its first line. */
    void say(String lead, Phrase text);

    void refuse(List<Problem> problems);

    /** Whether somebody asked for the end. */
    boolean isStopped();

    /** Lets time pass. */
    void pause(Duration time) throws InterruptedException;
}
