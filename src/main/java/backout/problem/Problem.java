package backout.problem;

import static java.util.Objects.requireNonNull;

import backout.language.Language;
import backout.language.Phrase;

/**
 * What is told to people when something does not work: what happened and what it means now, where,
 * and what to do next. The only such thing that people are shown; it never holds a secret.
 *
 * @param what a sentence with the real values: "nothing answered on unix:///var/run/docker.sock in
 *     20 s"
 * @param where the thing it happened to: {@code config/people.yml:14 people/anna/level}, {@code
 *     compose/claude-relay}; empty where {@code what} already says it
 * @param next what the reader can do, as an imperative; empty when there is nothing to do
 */
public record Problem(Phrase what, String where, Phrase next) {
    public Problem {
        requireNonNull(what, "what is null");
        requireNonNull(where, "where is null");
        requireNonNull(next, "next is null");
        if (what.isEmpty()) {
            throw new IllegalArgumentException("a problem must say what happened");
        }
    }

    public static Problem of(Phrase what, Phrase next) {
        return new Problem(what, "", next);
    }

    /** Stops what was asked for because of it. */
    public static ProblemException stop(Phrase what, Phrase next) {
        return new ProblemException(of(what, next));
    }

    /** The same with the thing it happened to. */
    public static ProblemException stop(Phrase what, String where, Phrase next) {
        return new ProblemException(new Problem(what, where, next));
    }

    /** The same, said in this language. */
    public Problem in(Language language) {
        return new Problem(language.said(what), where, language.said(next));
    }

    /** All of it, to be a value of another phrase. */
    public Phrase phrase() {
        Phrase said = next.isEmpty() ? what : Phrase.of("{0}. {1}", what, next);
        return where.isEmpty() ? said : Phrase.of("{0}: {1}", where, said);
    }

    /** One line: {@code where: what. next} */
    @Override
    public String toString() {
        return phrase().toString();
    }
}
