package backout.host;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.time.Duration;

/** How a command ended. */
public sealed interface Result {
    Command command();

    Output stdout();

    Output stderr();

    Duration elapsed();

    /** It ended by itself; a signal that ended it is 128 + its number. */
    record Exited(Command command, int exitCode, Output stdout, Output stderr, Duration elapsed)
            implements Result {
        public boolean isSuccess() {
            return exitCode == 0;
        }
    }

    /**
     * It was killed at its deadline, or because whoever waited was interrupted: what it was to do
     * may or may not have happened.
     */
    record CutOff(Command command, Output stdout, Output stderr, Duration elapsed)
            implements Result {
        public Problem problem() {
            return Problem.of(
                    Phrase.of(
                            "{0} was cut off after {1} s: it may or may not have happened",
                            command.summary(), Math.round(elapsed.toMillis() / 100.0) / 10.0),
                    Phrase.of("Look at what is there before doing it again"));
        }
    }

    /**
     * The connection to its machine was cut while it ran: what it was to do may or may not have
     * happened, and it may still be at work. It is no failed command, and was not killed.
     *
     * @param host the machine's name
     */
    record Lost(
            Command command,
            String host,
            Phrase why,
            Output stdout,
            Output stderr,
            Duration elapsed)
            implements Result {
        public Problem problem() {
            return new Problem(
                    Phrase.of(
                            "the connection was cut during {0} ({1}): it may or may not have"
                                    + " happened, and may still be at work",
                            command.summary(), why),
                    host,
                    Phrase.of("Look at what is there before doing it again"));
        }
    }

    /**
     * How it ended.
     *
     * @throws ProblemException when it was cut off, or the connection to its machine was
     */
    default Exited exited() {
        return switch (this) {
            case Exited exited -> exited;
            case CutOff cutOff -> throw new ProblemException(cutOff.problem());
            case Lost lost -> throw ProblemException.unseen(lost.problem());
        };
    }
}
