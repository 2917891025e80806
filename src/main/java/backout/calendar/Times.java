package backout.calendar;

import biweekly.ICalendar;
import biweekly.component.VTimezone;
import biweekly.io.TimezoneAssignment;
import biweekly.property.ICalProperty;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TimeZone;

/**
 * What the times in a calendar mean. The library reads them by the machine's own zone; here they
 * are taken as they are written.
 *
 * @param zone of times that name none, and of days
 */
record Times(ICalendar calendar, TimeZone zone) {
    /** Of a name that neither the world nor the file knows. */
    static final class UnknownZone extends Exception {
        private final String zone;

        UnknownZone(String zone) {
            super(zone);
            this.zone = zone;
        }

        String zone() {
            return zone;
        }
    }

    /** In which zone a property is, when it is not in UTC. */
    WallZone zone(ICalProperty property) throws UnknownZone {
        String left = property.getParameters().getTimezoneId();
        TimezoneAssignment assigned = calendar.getTimezoneInfo().getTimezone(property);
        if (assigned != null) {
            Optional<TimeZone> known = name(assigned).flatMap(Zones::named);
            return new WallZone(known.orElse(assigned.getTimeZone()));
        }
        if (left == null) {
            return new WallZone(zone);
        }
        return new WallZone(Zones.named(left).orElseThrow(() -> new UnknownZone(left)));
    }

    private static Optional<String> name(TimezoneAssignment assigned) {
        VTimezone own = assigned.getComponent();
        @Nullable String name =
                own == null || own.getTimezoneId() == null
                        ? assigned.getGlobalId()
                        : own.getTimezoneId().getValue();
        return Optional.ofNullable(name);
    }

    /** As it is written: UTC stays UTC, days begin at midnight. */
    static LocalDateTime written(ICalDate date) {
        DateTimeComponents raw = date.getRawComponents();
        return raw == null
                ? LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC)
                : LocalDateTime.of(
                        raw.getYear(),
                        raw.getMonth(),
                        raw.getDate(),
                        raw.getHour(),
                        raw.getMinute(),
                        Math.min(raw.getSecond(), 59));
    }

    /** As it is written, also where there is no such day: {@code 2026-02-30}. */
    static String day(ICalDate date) {
        DateTimeComponents raw = date.getRawComponents();
        return raw == null
                ? date.toInstant().toString()
                : "%d-%02d-%02d".formatted(raw.getYear(), raw.getMonth(), raw.getDate());
    }

    static boolean isUtc(ICalDate date) {
        return date.getRawComponents() == null || date.getRawComponents().isUtc();
    }

    /** By the wall clock of that zone. */
    static LocalDateTime wall(ICalDate date, WallZone in) {
        LocalDateTime written = written(date);
        return isUtc(date) ? in.wall(written.toInstant(ZoneOffset.UTC)) : written;
    }

    /**
     * The moment that it means.
     *
     * @throws DateTimeException when there is no such day
     */
    static Instant instant(ICalDate date, WallZone in) {
        LocalDateTime written = written(date);
        return isUtc(date) ? written.toInstant(ZoneOffset.UTC) : in.instant(written);
    }
}
