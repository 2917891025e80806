package backout.calendar;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import biweekly.component.VEvent;
import biweekly.parameter.CalendarUserType;
import biweekly.parameter.ParticipationStatus;
import biweekly.property.Attendee;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.property.ExceptionDates;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceRule;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One VEVENT, as far as it says who is on call when. */
record Entry(VEvent event, Times times, Roster roster) {
    /** Properties without which a shift would be another one: what is unclear in them stops it. */
    static final Set<String> WHEN =
            Set.of(
                    "DTSTART",
                    "DTEND",
                    "DURATION",
                    "RRULE",
                    "RDATE",
                    "EXDATE",
                    "EXRULE",
                    "RECURRENCE-ID");

    private static final int MOST_REPETITIONS = 10_000;
    private static final Duration DAY = Duration.ofDays(1);

    /** How it reads a part of an entry. */
    private interface Reading<T> {
        T read() throws Times.UnknownZone;
    }

    /** The shifts of it; none where it is cancelled or takes no time. */
    Optional<Series> series() {
        return understood(this::read);
    }

    /** Which occurrence of a series it stands in place of, by when that would begin. */
    Optional<Instant> replaces() {
        var id = event.getRecurrenceId();
        if (id == null || id.getValue() == null) {
            return Optional.empty();
        }
        if (id.getRange() != null) {
            throw problem(
                    Phrase.of("moves all that follow (RANGE)"),
                    Phrase.of("end the series and begin another one"));
        }
        return Optional.of(understood(() -> Times.instant(id.getValue(), times.zone(id))));
    }

    private <T> T understood(Reading<T> part) {
        event.getExperimentalProperties().stream()
                .filter(CalendarReader::saysWhen)
                .findFirst()
                .ifPresent(raw -> {
                    throw notUnderstood(raw.getName());
                });
        try {
            return part.read();
        } catch (Times.UnknownZone unknown) {
            throw problem(
                    unknown.zone().isBlank()
                            ? Phrase.of("names an empty time zone")
                            : Phrase.of(
                                    "is in the time zone \"{0}\", which nobody knows",
                                    Shown.of(unknown.zone())),
                    Phrase.of("give it one as in: Europe/London"));
        } catch (DateTimeException noDay) {
            throw problem(
                    Phrase.of("has a time that is none: {0}", noDay.getMessage()),
                    Phrase.of("mend it in the calendar"));
        }
    }

    private Optional<Series> read() throws Times.UnknownZone {
        if (event.getStatus() != null && event.getStatus().isCancelled()) {
            return Optional.empty();
        }
        var start = event.getDateStart();
        if (start == null || start.getValue() == null) {
            throw notUnderstood("DTSTART");
        }
        WallZone zone = times.zone(start);
        LocalDateTime first = Times.wall(start.getValue(), zone);
        Duration length = length(start.getValue(), first, zone);
        if (length.isZero() || length.isNegative()) {
            return Optional.empty();
        }
        return Optional.of(
                new Series(first, length, zone, rule(zone), also(zone), except(zone), who()));
    }

    private Duration length(ICalDate start, LocalDateTime first, WallZone zone)
            throws Times.UnknownZone {
        var end = event.getDateEnd();
        if (end != null && end.getValue() != null) {
            Instant until = Times.instant(end.getValue(), times.zone(end));
            LocalDateTime wall = start.hasTime() ? zone.wall(until) : Times.written(end.getValue());
            return Duration.between(first, wall);
        }
        var said = event.getDuration();
        return said != null && said.getValue() != null
                ? Duration.ofMillis(said.getValue().toMillis())
                : start.hasTime() ? Duration.ZERO : DAY;
    }

    private @Nullable Recurrence rule(WallZone zone) {
        List<RecurrenceRule> rules = event.getProperties(RecurrenceRule.class);
        if (!event.getExceptionRules().isEmpty() || rules.size() > 1) {
            throw problem(
                    Phrase.of("has more than one rule for how it is repeated"),
                    Phrase.of("make an entry of each"));
        }
        if (rules.isEmpty()) {
            return null;
        }
        Recurrence rule = rules.getFirst().getValue();
        if (rule == null || rule.getFrequency() == null || !rule.getXRules().isEmpty()) {
            throw notUnderstood("RRULE");
        }
        boolean tooOften =
                rule.getFrequency() == Frequency.SECONDLY
                        || rule.getFrequency() == Frequency.MINUTELY
                        || (rule.getCount() != null && rule.getCount() > MOST_REPETITIONS);
        if (tooOften) {
            throw problem(
                    Phrase.of("is repeated more often than any shift"),
                    Phrase.of("repeat it each hour at most, and 10,000 times"));
        }
        return rule.getUntil() == null ? rule : until(rule, rule.getUntil(), zone);
    }

    /** A last day counts whole. */
    private static Recurrence until(Recurrence rule, ICalDate until, WallZone zone) {
        LocalDateTime wall =
                until.hasTime()
                        ? Times.wall(until, zone)
                        : Times.written(until).plus(DAY).minusSeconds(1);
        return new Recurrence.Builder(rule)
                .until(new ICalDate(Date.from(wall.toInstant(ZoneOffset.UTC))))
                .build();
    }

    private Set<LocalDateTime> also(WallZone zone) throws Times.UnknownZone {
        var begins = new HashSet<LocalDateTime>();
        for (RecurrenceDates dates : event.getRecurrenceDates()) {
            WallZone theirs = times.zone(dates);
            Stream.concat(
                            dates.getDates().stream(),
                            dates.getPeriods().stream().map(period -> period.getStartDate()))
                    .forEach(date -> begins.add(zone.wall(Times.instant(date, theirs))));
        }
        return begins;
    }

    /** By the moment: an exception may be written in another zone than the series. */
    private Set<Instant> except(WallZone zone) throws Times.UnknownZone {
        var moments = new HashSet<Instant>();
        for (ExceptionDates dates : event.getExceptionDates()) {
            WallZone theirs = times.zone(dates);
            for (ICalDate date : dates.getValues()) {
                moments.add(
                        date.hasTime()
                                ? Times.instant(date, theirs)
                                : zone.instant(Times.written(date)));
            }
        }
        return moments;
    }

    private Roster.Who who() {
        List<String> mails =
                event.getAttendees().stream()
                        .filter(one ->
                                !ParticipationStatus.DECLINED.equals(one.getParticipationStatus()))
                        .filter(one -> isPerson(one.getCalendarUserType()))
                        .map(Entry::mail)
                        .filter(mail -> !mail.isEmpty())
                        .toList();
        return roster.named(title(), mails);
    }

    private static boolean isPerson(@Nullable CalendarUserType type) {
        return !CalendarUserType.ROOM.equals(type) && !CalendarUserType.RESOURCE.equals(type);
    }

    private static String mail(Attendee one) {
        String mail = Objects.requireNonNullElse(one.getEmail(), "");
        return mail.isEmpty()
                ? Objects.requireNonNullElse(one.getUri(), "").replaceFirst("(?i)^mailto:", "")
                : mail;
    }

    private String title() {
        var summary = event.getSummary();
        return summary == null ? "" : Objects.requireNonNullElse(summary.getValue(), "");
    }

    private ProblemException notUnderstood(String part) {
        return problem(
                Phrase.of("has a {0} that is not understood", part),
                Phrase.of("mend it in the calendar"));
    }

    private ProblemException problem(Phrase what, Phrase next) {
        DateOrDateTimeProperty start = event.getDateStart();
        Phrase entry =
                start == null || start.getValue() == null
                        ? Phrase.of("the entry \"{0}\"", Shown.of(title()))
                        : Phrase.of(
                                "the entry \"{0}\" of {1}",
                                Shown.of(title()), Times.day(start.getValue()));
        return Problem.stop(Phrase.of("{0} {1}", entry, what), next);
    }
}
