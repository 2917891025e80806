package backout.calendar;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What a calendar says about who is on call. */
record ShiftCalendar(List<Series> series) {
    /** Steps from one change to the next after which nobody looks further ahead. */
    private static final int MOST = 200;

    ShiftCalendar {
        series = List.copyOf(series);
    }

    /**
     * Who is on call at a moment.
     *
     * @param unknown what is wrong with who is named, by when that shift began
     * @param until when that may change; null where it never does
     */
    record Held(List<String> people, Map<Instant, Phrase> unknown, @Nullable Instant until) {}

    Held at(Instant when) {
        var people = new LinkedHashSet<String>();
        var unknown = new LinkedHashMap<Instant, Phrase>();
        Instant until = null;
        for (Series one : series) {
            for (Span span : one.around(when)) {
                Instant change = span.from().isAfter(when) ? span.from() : span.to();
                if (change.isAfter(when) && (until == null || change.isBefore(until))) {
                    until = change;
                }
                if (span.holds(when)) {
                    people.addAll(one.who().people());
                    one.who().trouble().ifPresent(why -> unknown.put(span.from(), why));
                }
            }
        }
        return new Held(List.copyOf(people), unknown, until);
    }

    /** What is wrong with who is named from then until then, each shift once. */
    List<Phrase> unknown(Instant from, Instant to) {
        var found = new LinkedHashMap<Instant, Phrase>();
        Instant at = from;
        for (int step = 0; step < MOST && at != null && at.isBefore(to); step++) {
            Held held = at(at);
            held.unknown().forEach(found::putIfAbsent);
            at = held.until();
        }
        var said = new ArrayList<Phrase>();
        found.forEach((begin, why) -> said.add(Phrase.of("the shift from {0} {1}", begin, why)));
        return said;
    }
}
