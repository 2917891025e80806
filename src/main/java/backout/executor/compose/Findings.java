package backout.executor.compose;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What looks before a rollback found: red stops, amber is told.
 *
 * @param unsaved the parts of the backup that cannot be made; told too
 */
record Findings(List<Problem> red, List<Phrase> amber, Unsaved unsaved) {
    Findings {
        red = List.copyOf(red);
        amber = List.copyOf(amber);
    }

    static Findings fine() {
        return new Findings(List.of(), List.of(), Unsaved.nothing());
    }

    static Findings red(Problem... problems) {
        return new Findings(List.of(problems), List.of(), Unsaved.nothing());
    }

    static Findings red(List<Problem> problems) {
        return new Findings(problems, List.of(), Unsaved.nothing());
    }

    static Findings amber(Phrase... texts) {
        return new Findings(List.of(), List.of(texts), Unsaved.nothing());
    }

    static Findings unsaved(Map<String, Phrase> why) {
        return new Findings(List.of(), List.of(), new Unsaved(why));
    }

    Findings and(Findings more) {
        var reds = new ArrayList<>(red);
        reds.addAll(more.red);
        var ambers = new ArrayList<>(amber);
        ambers.addAll(more.amber);
        var parts = new LinkedHashMap<>(unsaved.why());
        parts.putAll(more.unsaved.why());
        return new Findings(reds, ambers, new Unsaved(parts));
    }

    /** All that a person is told and that stops nothing. */
    List<Phrase> told() {
        var told = new ArrayList<>(amber);
        told.addAll(unsaved.says());
        return told;
    }
}
