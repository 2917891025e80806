package backout.supervisor;

import backout.language.Phrase;

import java.util.List;

/**
 * How a supervised service is at one moment.
 *
 * @param processes of it that run, the one that was started first ahead
 * @param why what there is to say of it: the reason of a failure, or why it could not be looked at;
 *     empty when there is nothing
 * @param restarts how often the supervisor started it again by itself, as far as it counts; grows
 *     while it crashes
 */
public record Sight(State state, List<Running> processes, Phrase why, int restarts) {
    public Sight {
        processes = List.copyOf(processes);
    }

    static Sight unknown(Phrase why) {
        return new Sight(State.UNKNOWN, List.of(), why, 0);
    }

    /** What a supervisor says of its service. */
    public enum State {
        RUNNING,
        /** It was started and has not said yet that it is ready. */
        STARTING,
        /** It ends again and again and is started each time. */
        LOOPING,
        STOPPED,
        /** Nobody could look: neither well nor ill. */
        UNKNOWN
    }
}
