package backout.calendar;

import backout.approval.OnCall;
import backout.approval.Person;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

/**
 * Who is on call at one level by a calendar, as it was read last; never asks for it while somebody
 * waits. Where it was never read, all of the level are on call: better too many than nobody.
 *
 * <p>Read and asked by several threads.
 */
public final class CalendarList implements OnCall {
    /** How far ahead names are looked at that nobody has. */
    public static final Duration AHEAD = Duration.ofDays(56);

    /** What is done about them. */
    public static final Phrase NAME_SOMEBODY =
            Phrase.of("name somebody of people.yml in the calendar, by name or mail");

    /** Nobody reads it any more, although nothing went wrong. */
    private static final Duration OLD = Duration.ofHours(1);

    private final CalendarSource source;
    private final Roster roster;
    private final CalendarReader reader;
    private volatile @Nullable Known known;
    private volatile Optional<Problem> trouble = Optional.empty();
    private volatile boolean asked;

    private record Known(ShiftCalendar calendar, Instant at) {}

    /**
     * Nothing is read yet.
     *
     * @param zone of what names none in a calendar that names none
     */
    public CalendarList(
            int level, CalendarSource source, Optional<ZoneId> zone, List<Person> people) {
        this.source = source;
        this.roster = new Roster(level, people);
        this.reader = new CalendarReader(zone.map(TimeZone::getTimeZone), roster);
    }

    @Override
    public Shift at(Instant when) {
        Known last = known;
        if (last == null) {
            return new Shift(roster.all(), Phrase.of("the calendar was never read"), null);
        }
        ShiftCalendar.Held held = last.calendar().at(when);
        return new Shift(held.people(), Phrase.of("by the calendar"), held.until());
    }

    @Override
    public Optional<Phrase> doubt(Instant now) {
        Known last = known;
        Optional<Phrase> why = trouble.map(Problem::phrase);
        if (last == null) {
            Phrase all =
                    Phrase.of(
                            "the calendar of L{0} was never read, all of L{0} are called",
                            roster.level());
            return Optional.of(why.map(said -> Phrase.of("{0}: {1}", all, said)).orElse(all));
        }
        Duration age = Duration.between(last.at(), now);
        return why.isPresent() || age.compareTo(OLD) > 0
                ? Optional.of(old(last.at(), why))
                : Optional.empty();
    }

    private Phrase old(Instant at, Optional<Phrase> why) {
        Phrase stands =
                Phrase.of("L{0} is called by the calendar as it was {1}", roster.level(), at);
        return why.map(said -> Phrase.of("{0}: {1}", stands, said)).orElse(stands);
    }

    @Override
    public List<Phrase> strangers(Instant from, Instant to) {
        Known last = known;
        return last == null ? List.of() : last.calendar().unknown(from, to);
    }

    public int level() {
        return roster.level();
    }

    CalendarSource source() {
        return source;
    }

    /** Whether it was asked for since this process began, in vain as well as not. */
    public boolean isAsked() {
        return asked;
    }

    /** Why it could not be read when it was asked for last; empty where it was. */
    public Optional<Problem> trouble() {
        return trouble;
    }

    boolean isKnown() {
        return known != null;
    }

    /**
     * Asks for it and reads it.
     *
     * @return what it is, to be kept
     * @throws ProblemException when that cannot be done; what was known stays in force
     */
    byte[] read(Secrets secrets, Instant now) {
        try {
            byte[] content = source.read(secrets);
            recall(content, now);
            return content;
        } catch (ProblemException e) {
            Problem why = e.problem();
            var placed = new Problem(why.what(), source.shown(), why.next());
            trouble = Optional.of(placed);
            throw new ProblemException(List.of(placed));
        } finally {
            asked = true;
        }
    }

    /**
     * What was kept of it.
     *
     * @throws ProblemException when it is not understood
     */
    void recall(byte[] content, Instant at) {
        known = new Known(reader.read(content), at);
        trouble = Optional.empty();
    }

    Problem unkept(Problem why) {
        trouble = Optional.of(why);
        return why;
    }
}
