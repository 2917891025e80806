package backout.report;

import backout.approval.Person;

import java.time.Duration;
import java.util.List;

/**
 * Who is told what happened and answers nothing: a robot in a chat, a mailbox, another program.
 * Called by one thread at a time for notices, and by another for calls to people.
 */
public interface Receiver {
    /** How many notices one message may hold: several become one where it takes only so many. */
    int most();

    /** How long it is left alone after each message, so that it is not flooded. */
    default Duration pace() {
        return Duration.ZERO;
    }

    /** How long it is left alone at first when it takes nothing and does not say for how long. */
    default Duration patience() {
        return Duration.ofSeconds(1);
    }

    /**
     * Tells these in one message.
     *
     * @param notices already in its language
     * @throws Room.Refused with {@link Room.Gone#MESSAGE} where only this message will never be
     *     taken; else nothing is taken until somebody mends it
     */
    void tell(List<Notice> notices) throws Room.Later, Room.Refused;

    /**
     * Tells one person alone, who is called.
     *
     * @throws Room.Refused where it cannot tell that person
     */
    void call(Person person, Notice notice) throws Room.Later, Room.Refused;
}
