package backout.approval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A time for which others are on call than before, because the list was changed.
 *
 * @param to not included
 */
public record Turnover(Instant from, Instant to, List<String> was, List<String> now) {
    /** Changes after which nobody reads on. */
    private static final int MOST = 1000;

    public Turnover {
        was = List.copyOf(was);
        now = List.copyOf(now);
    }

    /** All from then until then, in order. */
    public static List<Turnover> between(OnCall before, OnCall after, Instant from, Instant to) {
        var found = new ArrayList<Turnover>();
        Instant at = from;
        for (int step = 0; step < MOST && at.isBefore(to); step++) {
            OnCall.Shift old = before.at(at);
            OnCall.Shift now = after.at(at);
            Instant next =
                    Stream.concat(Stream.ofNullable(old.until()), Stream.ofNullable(now.until()))
                            .filter(to::isAfter)
                            .min(Instant::compareTo)
                            .orElse(to);
            if (!old.people().equals(now.people())) {
                add(new Turnover(at, next, old.people(), now.people()), found);
            }
            at = next;
        }
        return found;
    }

    private static void add(Turnover one, List<Turnover> found) {
        Turnover last = found.isEmpty() ? one : found.getLast();
        boolean goesOn =
                last.to.equals(one.from) && last.was.equals(one.was) && last.now.equals(one.now);
        if (goesOn) {
            found.set(found.size() - 1, new Turnover(last.from, one.to, one.was, one.now));
        } else {
            found.add(one);
        }
    }
}
