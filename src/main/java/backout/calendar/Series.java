package backout.calendar;

import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;

/**
 * One entry of a calendar, and every time that it is repeated. Counted in wall time: a shift from
 * nine to nine stays one when the clocks change, and consecutive ones touch.
 *
 * @param first when the first begins
 * @param length of each, by the wall clock
 * @param rule how it is repeated, its end in wall time as if that were UTC; null where it is not
 * @param also when it begins besides
 * @param except those that were cancelled or moved, by when they would begin
 */
record Series(
        LocalDateTime first,
        Duration length,
        WallZone zone,
        @Nullable Recurrence rule,
        Set<LocalDateTime> also,
        Set<Instant> except,
        Roster.Who who) {
    /** More repetitions at once than any list of people has. */
    private static final int MOST = 1000;

    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    Series {
        also = Set.copyOf(also);
        except = Set.copyOf(except);
    }

    Series without(Set<Instant> moved) {
        var all = new HashSet<>(except);
        all.addAll(moved);
        return new Series(first, length, zone, rule, also, all, who);
    }

    /** Those that hold at that moment, and the next one that begins. */
    List<Span> around(Instant when) {
        var found = new ArrayList<Span>();
        also.forEach(begin -> consider(begin, found));
        consider(first, found);
        if (rule != null) {
            repeated(rule, when, found);
        }
        return found;
    }

    private void repeated(Recurrence how, Instant when, List<Span> found) {
        DateIterator begins = how.getDateIterator(new ICalDate(date(first)), UTC);
        begins.advanceTo(date(zone.wall(when).minus(length).minusDays(1)));
        boolean next = false;
        for (int count = 0; count < MOST && !next && begins.hasNext(); count++) {
            Span span =
                    consider(
                            LocalDateTime.ofInstant(begins.next().toInstant(), ZoneOffset.UTC),
                            found);
            next = span != null && span.from().isAfter(when);
        }
    }

    private @Nullable Span consider(LocalDateTime begin, List<Span> found) {
        var span = new Span(zone.instant(begin), zone.instant(begin.plus(length)));
        if (except.contains(span.from())) {
            return null;
        }
        found.add(span);
        return span;
    }

    private static Date date(LocalDateTime wall) {
        return Date.from(wall.toInstant(ZoneOffset.UTC));
    }
}
