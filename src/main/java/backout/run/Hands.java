package backout.run;

import backout.language.Phrase;
import backout.plan.Target;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs on a target's host what its hooks name, whatever the target's kind. */
public interface Hands {
    /**
     * Runs an argument list without a shell and waits for its end, at most so long; then it and all
     * that it started are killed.
     *
     * @param environment what it sees besides the few variables that every command gets
     * @return what people are told of it, a few words
     * @throws backout.problem.ProblemException when it could not be started, ended with another
     *     code than 0, or nobody could tell how it ended
     */
    Phrase run(
            Target target,
            List<String> arguments,
            Map<String, String> environment,
            Duration within);
}
