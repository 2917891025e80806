package backout.plan;

import backout.language.Phrase;
import backout.problem.Sha256;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Twelve hexadecimal digits over what a plan will do; what is only told does not count. */
final class PlanHash {
    private PlanHash() {}

    static String of(Plan plan) {
        var text = done(plan);
        said(text, plan.warnings());
        said(text, plan.willNotUndo());
        return digits(text);
    }

    /** As it was while warnings did not count. */
    static String withoutWarnings(Plan plan) {
        return digits(done(plan));
    }

    private static StringBuilder done(Plan plan) {
        var text = new StringBuilder();
        part(text, plan.target().toString());
        count(text, plan.steps());
        for (Step step : plan.steps()) {
            part(text, step.action());
            part(text, step.target().toString());
            part(text, step.phase().name());
            part(text, step.from());
            part(text, step.to());
            count(text, step.with().keySet());
            new TreeMap<>(step.with()).forEach((key, value) -> part(part(text, key), value));
        }
        count(text, plan.undo());
        plan.undo().forEach(index -> part(text, index.toString()));
        plan.checks().forEach(check -> part(text, check));
        for (Part further : plan.more()) {
            part(text, further.target().toString());
            further.checks().forEach(check -> part(text, check));
        }
        return text;
    }

    private static String digits(StringBuilder text) {
        return Sha256.of(text.toString()).substring(0, 12);
    }

    /** What a phrase is made of, for how its values are worded may change with the version. */
    private static void said(StringBuilder text, Object value) {
        switch (value) {
            case Phrase phrase -> said(part(text, phrase.template()), phrase.values());
            case List<?> list -> {
                count(text, list);
                list.forEach(one -> said(text, one));
            }
            default -> part(text, value.toString());
        }
    }

    /** Counts keep the end of one list from being read as the beginning of the next. */
    private static void count(StringBuilder text, Collection<?> list) {
        text.append(list.size()).append(';');
    }

    /** Lengths keep two parts from being read as one. */
    private static StringBuilder part(StringBuilder text, String part) {
        return text.append(part.length()).append(':').append(part);
    }
}
