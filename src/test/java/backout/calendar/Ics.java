package backout.calendar;

import backout.approval.Contact;
import backout.approval.Person;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/** Calendars as programs write them, and who is on call by them. */
final class Ics {
    static final List<Person> PEOPLE =
            List.of(
                    person("li", 1, "li@example.com"),
                    person("lin", 2, "lin@example.com"),
                    person("ben", 2, "ben@example.com"),
                    person("anna", 2, ""));

    private Ics() {}

    private static Person person(String name, int level, String mail) {
        return new Person(name, level, Map.of(), new Contact("", "", mail));
    }

    /** The lines of entries, as they stand in a calendar. */
    static String calendar(String header, String... events) {
        var text = new StringBuilder("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n");
        text.append(header.isEmpty() ? "" : header + "\n");
        for (String event : events) {
            text.append("BEGIN:VEVENT\n").append(event.strip()).append("\nEND:VEVENT\n");
        }
        return (text + "END:VCALENDAR\n").replace("\n", "\r\n");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of L2, where times without a zone are in none of the list's. */
    static ShiftCalendar read(String text) {
        return read(text, Optional.empty());
    }

    static ShiftCalendar read(String text, Optional<TimeZone> zone) {
        return new CalendarReader(zone, new Roster(2, PEOPLE)).read(bytes(text));
    }

    static List<String> at(ShiftCalendar calendar, String wall, String zone) {
        return calendar.at(instant(wall, zone)).people();
    }

    static Instant instant(String wall, String zone) {
        return LocalDateTime.parse(wall).atZone(ZoneId.of(zone)).toInstant();
    }
}
