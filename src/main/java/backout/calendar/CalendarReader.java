package backout.calendar;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalReader;
import biweekly.property.ICalProperty;
import biweekly.property.RawProperty;
import biweekly.property.Uid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;

/**
 * Reads a calendar whole or not at all: an entry that is not understood would leave a level without
 * somebody.
 *
 * @param zone of what says none: of the list, where the calendar itself says none either
 */
record CalendarReader(Optional<TimeZone> zone, Roster roster) {
    private static final int MOST_ENTRIES = 5000;
    private static final String END = "END:VCALENDAR";

    /**
     * @throws ProblemException that names what is not understood
     */
    ShiftCalendar read(byte[] content) {
        ICalendar calendar = parsed(text(content));
        List<VEvent> entries = calendar.getEvents();
        if (entries.size() > MOST_ENTRIES) {
            throw Problem.stop(
                    Phrase.of("it has {0} entries", entries.size()),
                    Phrase.of("at most {0} are read: leave out what is long over", MOST_ENTRIES));
        }
        var read = new ArrayList<Entry>();
        var series = new ArrayList<Series>();
        var moved = new HashMap<String, Set<Instant>>();
        var times = new Times(calendar, zone(calendar));
        for (VEvent event : entries) {
            var entry = new Entry(event, times, roster);
            read.add(entry);
            entry.replaces()
                    .ifPresent(begin ->
                            moved.computeIfAbsent(uid(event), _ -> new HashSet<>()).add(begin));
        }
        for (Entry entry : read) {
            entry.series()
                    .map(one -> entry.replaces().isEmpty() ? one.without(of(entry, moved)) : one)
                    .ifPresent(series::add);
        }
        return new ShiftCalendar(series);
    }

    private static Set<Instant> of(Entry entry, Map<String, Set<Instant>> moved) {
        return moved.getOrDefault(uid(entry.event()), Set.of());
    }

    private static String uid(VEvent event) {
        Uid uid = event.getUid();
        return uid == null || uid.getValue() == null ? "" : uid.getValue();
    }

    private static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .replace("\uFEFF", "")
                    .strip();
        } catch (CharacterCodingException e) {
            throw noCalendar(Phrase.of("it is not written in UTF-8"));
        }
    }

    /** A file that was cut would otherwise look like one with fewer shifts. */
    private static ICalendar parsed(String text) {
        if (!text.startsWith("BEGIN:VCALENDAR")) {
            throw noCalendar(Phrase.of("it does not begin with BEGIN:VCALENDAR"));
        }
        if (!text.endsWith(END)) {
            throw noCalendar(Phrase.of("it is cut off: {0} is missing", END));
        }
        try (var reader = new ICalReader(text)) {
            // times without a zone are put into theirs by Times, never by the machine's
            ICalendar calendar = reader.readNext();
            if (calendar == null) {
                throw noCalendar(Phrase.of("nothing is in it"));
            }
            return calendar;
        } catch (IOException | IllegalArgumentException e) {
            throw noCalendar(Phrase.verbatim(String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException noCalendar(Phrase why) {
        return Problem.stop(
                Phrase.of("that is no calendar: {0}", why),
                Phrase.of("give the address of the calendar in iCal form (.ics)"));
    }

    private TimeZone zone(ICalendar calendar) {
        RawProperty header = calendar.getExperimentalProperty("X-WR-TIMEZONE");
        if (header == null || header.getValue() == null || header.getValue().isBlank()) {
            return zone.orElse(TimeZone.getTimeZone("UTC"));
        }
        return Zones.named(header.getValue())
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("its time zone \"{0}\" is not known", header.getValue()),
                                Phrase.of("name one as in: Europe/London")));
    }

    /** The properties of an entry that say when it is. */
    static boolean saysWhen(ICalProperty property) {
        return property instanceof RawProperty raw && Entry.WHEN.contains(raw.getName());
    }
}
