package backout.run;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What looks before a rollback found: red stops, amber is told.
 *
 * @param omitted the parts of a preparation that cannot be made and are left out, each with what
 *     people are told of it
 * @param blind whether nothing is red but that somebody could not look
 */
public record Findings(
        List<Problem> red, List<Phrase> amber, Map<String, Phrase> omitted, boolean blind) {
    public Findings {
        red = List.copyOf(red);
        amber = List.copyOf(amber);
        omitted = new LinkedHashMap<>(omitted);
    }

    public static Findings fine() {
        return new Findings(List.of(), List.of(), Map.of(), true);
    }

    public static Findings red(Problem... problems) {
        return red(List.of(problems));
    }

    public static Findings red(List<Problem> problems) {
        return new Findings(problems, List.of(), Map.of(), false);
    }

    /** What somebody could not look at: it stops, and nothing is known to be wrong. */
    public static Findings blind(List<Problem> problems) {
        return new Findings(problems, List.of(), Map.of(), true);
    }

    public static Findings amber(Phrase... texts) {
        return new Findings(List.of(), List.of(texts), Map.of(), true);
    }

    public static Findings omitting(String part, Phrase told) {
        return new Findings(List.of(), List.of(), Map.of(part, told), true);
    }

    /** The first ones stay first. */
    public Findings and(Findings more) {
        var reds = new ArrayList<>(red);
        reds.addAll(more.red);
        var ambers = new ArrayList<>(amber);
        ambers.addAll(more.amber);
        var parts = new LinkedHashMap<>(omitted);
        parts.putAll(more.omitted);
        return new Findings(reds, ambers, parts, blind && more.blind);
    }

    /**
     * Itself, where nothing stops.
     *
     * @throws ProblemException with all that is red
     */
    public Findings orStop() {
        if (!red.isEmpty()) {
            throw blind ? ProblemException.late(red) : new ProblemException(red);
        }
        return this;
    }

    /** All that a person is told and that stops nothing. */
    public List<Phrase> told() {
        var told = new ArrayList<>(amber);
        told.addAll(omitted.values());
        return told;
    }
}
