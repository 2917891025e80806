package backout.approval;

import backout.approval.OnCall.Shift;
import backout.language.Phrase;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * People who take turns. Days are those of the calendar in the zone, never 24 hours: the hand-over
 * stays at its hour when the clocks change. An hour that is there twice hands over when it comes
 * first; one that is left out, when the clocks have jumped over it.
 *
 * @param days the length of a turn; whole weeks count all days, others those of {@code on}
 * @param from the first hand-over; before it the turns are as if they had begun earlier
 * @param on days on which somebody is on call, from the hand-over on to the next day's
 */
public record Rotation(
        List<String> people, int days, LocalDateTime from, ZoneId zone, Set<DayOfWeek> on)
        implements OnCall {
    private static final int WEEK = 7;

    public Rotation {
        people = List.copyOf(people);
        on = Set.copyOf(on);
        if (people.isEmpty() || days < 1 || on.isEmpty()) {
            throw new IllegalArgumentException("a rotation has people, days and a length");
        }
    }

    /** On all days. */
    public Rotation(List<String> people, int days, LocalDateTime from, ZoneId zone) {
        this(people, days, from, zone, EnumSet.allOf(DayOfWeek.class));
    }

    @Override
    public Shift at(Instant when) {
        LocalDate day = day(when);
        LocalDate until = day.plusDays(1);
        if (!on.contains(day.getDayOfWeek())) {
            while (!on.contains(until.getDayOfWeek())) {
                until = until.plusDays(1);
            }
            return new Shift(List.of(), Phrase.of("nobody is on call that day"), handOver(until));
        }
        String person = person(day);
        while (on.contains(until.getDayOfWeek())
                && person(until).equals(person)
                && ChronoUnit.DAYS.between(day, until) < (long) days * people.size()) {
            until = until.plusDays(1);
        }
        return new Shift(List.of(person), Phrase.of("by rotation"), handOver(until));
    }

    @Override
    public boolean canName(String person) {
        return people.contains(person);
    }

    /** The day whose hand-over was the last one. */
    private LocalDate day(Instant when) {
        LocalDate day = when.atZone(zone).toLocalDate();
        return when.isBefore(handOver(day)) ? day.minusDays(1) : day;
    }

    private Instant handOver(LocalDate day) {
        return day.atTime(from.toLocalTime()).atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    private String person(LocalDate day) {
        long turn = Math.floorDiv(days % WEEK == 0 ? between(day) : counted(day), (long) days);
        return people.get(Math.toIntExact(Math.floorMod(turn, (long) people.size())));
    }

    private long between(LocalDate day) {
        return ChronoUnit.DAYS.between(from.toLocalDate(), day);
    }

    /** How many of the days that count lie between the first one and this. */
    private long counted(LocalDate day) {
        long all = between(day);
        long weeks = Math.floorDiv(all, WEEK);
        long count = weeks * on.size();
        LocalDate at = from.toLocalDate().plusWeeks(weeks);
        while (at.isBefore(day)) {
            count += on.contains(at.getDayOfWeek()) ? 1 : 0;
            at = at.plusDays(1);
        }
        return count;
    }
}
