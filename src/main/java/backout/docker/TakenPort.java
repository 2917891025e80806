package backout.docker;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises in the engine's words that a container could not start because of its port. */
public final class TakenPort {
    /** Taken by a program; taken by another container. */
    private static final Pattern SAID =
            Pattern.compile(
                    "listen tcp[46]? \\S{0,64}:(\\d{1,5}): bind: address already in use"
                            + "|:(\\d{1,5}) failed: port is already allocated");

    private TakenPort() {}

    /**
     * @param said what docker or compose answered
     * @param where the thing that could not start
     */
    public static Optional<Problem> in(Phrase said, String where) {
        Matcher found = SAID.matcher(said.toString());
        return found.find() ? Optional.of(problem(port(found), said, where)) : Optional.empty();
    }

    private static String port(Matcher found) {
        return Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2));
    }

    private static Problem problem(String port, Phrase said, String where) {
        return new Problem(
                Phrase.of("port {0} is taken by something else: {1}", port, said),
                where,
                Phrase.of("see who with: ss -tlnp sport = :{0}; free it", port));
    }
}
