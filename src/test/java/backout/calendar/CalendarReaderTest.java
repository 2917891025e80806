package backout.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Who is on call by calendars as other programs write them. */
class CalendarReaderTest {
    static final String TWO_WEEKS =
            Ics.calendar(
                    "X-WR-TIMEZONE:Asia/Shanghai",
                    """
                    UID:1
                    SUMMARY:lin
                    DTSTART;VALUE=DATE:20261130
                    DTEND;VALUE=DATE:20261207
                    """,
                    """
                    UID:2
                    SUMMARY:ben
                    DTSTART;VALUE=DATE:20261207
                    DTEND;VALUE=DATE:20261214
                    """);

    static final String WEEKLY =
            """
            UID:w
            SUMMARY:lin
            DTSTART;TZID=Europe/London:20261019T090000
            DTEND;TZID=Europe/London:20261026T090000
            RRULE:FREQ=WEEKLY;INTERVAL=2
            """;

    private static final String OTHER_WEEKS =
            """
            UID:o
            SUMMARY:ben
            DTSTART;TZID=Europe/London:20261026T090000
            DTEND;TZID=Europe/London:20261102T090000
            RRULE:FREQ=WEEKLY;INTERVAL=2
            """;

    @Test
    @DisplayName("C4 all-day entries of consecutive days touch: there is no gap and no overlap")
    void all_day_entries_touch() {
        ShiftCalendar calendar = Ics.read(TWO_WEEKS);
        String zone = "Asia/Shanghai";
        assertThat(Ics.at(calendar, "2026-11-29T23:59:59", zone)).isEmpty();
        assertThat(Ics.at(calendar, "2026-11-30T00:00:00", zone)).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-12-06T23:59:59", zone)).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-12-07T00:00:00", zone)).containsExactly("ben");
        assertThat(Ics.at(calendar, "2026-12-14T00:00:00", zone)).isEmpty();
        assertThat(calendar.at(Ics.instant("2026-12-01T12:00", zone)).until())
                .isEqualTo(Ics.instant("2026-12-07T00:00", zone));
    }

    @ParameterizedTest
    @DisplayName("C6 zones have Windows' names too, whether the file defines them or not")
    @CsvSource({
        "China Standard Time, Asia/Shanghai",
        "Central Europe Standard Time, Europe/Budapest",
        "Pacific Standard Time, America/Los_Angeles",
        "/Europe/London, Europe/London"
    })
    void zones_have_names_of_windows(String name, String zone) {
        ShiftCalendar calendar =
                Ics.read(
                        Ics.calendar(
                                "",
                                """
                                UID:1
                                SUMMARY:lin
                                DTSTART;TZID=%s:20261130T090000
                                DTEND;TZID=%s:20261130T180000
                                """
                                        .formatted(name, name)));
        assertThat(Ics.at(calendar, "2026-11-30T09:00", zone)).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-11-30T08:59", zone)).isEmpty();
        assertThat(Ics.at(calendar, "2026-11-30T18:00", zone)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("C6 a zone that nobody knows is a problem that names the entry")
    @CsvSource({"Foo/Bar, Foo/Bar", "'', empty time zone"})
    void a_zone_that_nobody_knows(String name, String says) {
        String text =
                Ics.calendar(
                        "",
                        """
                        UID:1
                        SUMMARY:lin
                        DTSTART;TZID=%s:20261130T090000
                        DTEND;TZID=%s:20261130T180000
                        """
                                .formatted(name, name));
        assertThatThrownBy(() -> Ics.read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the entry \"lin\" of 2026-11-30")
                .hasMessageContaining(says);
    }

    @Test
    @DisplayName("C6 a zone that the file defines itself is that one")
    void a_zone_of_the_file() {
        String text =
                Ics.calendar(
                        """
                        BEGIN:VTIMEZONE
                        TZID:Our Time
                        BEGIN:STANDARD
                        DTSTART:16010101T030000
                        TZOFFSETFROM:+0200
                        TZOFFSETTO:+0100
                        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
                        END:STANDARD
                        BEGIN:DAYLIGHT
                        DTSTART:16010101T020000
                        TZOFFSETFROM:+0100
                        TZOFFSETTO:+0200
                        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
                        END:DAYLIGHT
                        END:VTIMEZONE\
                        """
                                .stripIndent(),
                        """
                        UID:1
                        SUMMARY:lin
                        DTSTART;TZID=Our Time:20260701T090000
                        DTEND;TZID=Our Time:20260701T100000
                        RRULE:FREQ=MONTHLY
                        """);
        ShiftCalendar calendar = Ics.read(text);
        assertThat(Ics.at(calendar, "2026-08-01T09:30", "Europe/Berlin")).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-12-01T09:30", "Europe/Berlin")).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-12-01T10:30", "Europe/Berlin")).isEmpty();
    }

    @Test
    @DisplayName("C7 a shift that was moved is not on its old day, whatever zone its marker is in")
    void a_moved_shift_is_not_on_its_old_day() {
        ShiftCalendar calendar =
                Ics.read(
                        Ics.calendar(
                                "",
                                """
                                UID:w
                                SUMMARY:lin
                                DTSTART;TZID=Pacific/Auckland:20261130T090000
                                DTEND;TZID=Pacific/Auckland:20261130T170000
                                RRULE:FREQ=DAILY
                                EXDATE:20261203T200000Z
                                """,
                                """
                                UID:w
                                SUMMARY:ben
                                RECURRENCE-ID;TZID=Europe/Paris:20261201T210000
                                DTSTART;TZID=Europe/Paris:20261202T100000
                                DTEND;TZID=Europe/Paris:20261202T180000
                                """,
                                """
                                UID:w
                                SUMMARY:lin
                                STATUS:CANCELLED
                                RECURRENCE-ID:20261204T200000Z
                                DTSTART:20261204T200000Z
                                DTEND:20261205T040000Z
                                """));
        String zone = "Pacific/Auckland";
        assertThat(Ics.at(calendar, "2026-12-01T09:00", zone)).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-12-02T09:00", zone)).as("moved").isEmpty();
        assertThat(Ics.at(calendar, "2026-12-02T10:00", "Europe/Paris")).contains("ben");
        assertThat(Ics.at(calendar, "2026-12-04T09:00", zone)).as("EXDATE").isEmpty();
        assertThat(Ics.at(calendar, "2026-12-05T09:00", zone)).as("cancelled").isEmpty();
        assertThat(Ics.at(calendar, "2026-12-06T09:00", zone)).containsExactly("lin");
    }

    @Test
    @DisplayName("C1, C2 by a calendar: one at every minute, handed over at nine by the wall")
    void one_at_every_minute() {
        ShiftCalendar calendar = Ics.read(Ics.calendar("", WEEKLY, OTHER_WEEKS));
        Instant now = Ics.instant("2026-10-19T09:00", "Europe/London");
        Instant end = Ics.instant("2027-04-05T09:00", "Europe/London");
        List<String> before = List.of();
        while (now.isBefore(end)) {
            ShiftCalendar.Held held = calendar.at(now);
            assertThat(held.people()).as("%s", now).hasSize(1).isNotEqualTo(before);
            assertThat(calendar.at(now.minusSeconds(1)).people()).as("%s", now).isEqualTo(before);
            assertThat(now.atZone(ZoneId.of("Europe/London")).getHour()).isEqualTo(9);
            before = held.people();
            now = Objects.requireNonNull(held.until());
        }
        assertThat(Duration.between(end, now)).isZero();
    }

    @Test
    void a_last_day_counts_whole() {
        String until = WEEKLY.replace("INTERVAL=2", "UNTIL=20261026");
        ShiftCalendar calendar = Ics.read(Ics.calendar("", until));
        assertThat(Ics.at(calendar, "2026-10-26T09:00", "Europe/London")).containsExactly("lin");
        assertThat(Ics.at(calendar, "2026-11-02T09:00", "Europe/London")).isEmpty();
        String utc = WEEKLY.replace("INTERVAL=2", "UNTIL=20261026T090000Z");
        assertThat(Ics.at(Ics.read(Ics.calendar("", utc)), "2026-10-26T09:00", "Europe/London"))
                .containsExactly("lin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Lin | | lin",
                "On call: lin, Ben | | lin ben",
                "lin and ben | | lin ben",
                "BEN@example.com | | ben",
                "L2 on call | lin@example.com | lin",
                "L2 on call | MAILTO:Ben@example.com | ben",
                "anna | lin@example.com | anna"
            })
    void people_are_named_by_title_or_by_who_is_invited(
            String title, String attendee, String people) {
        String invited = attendee == null ? "" : "\nATTENDEE:" + attendee;
        if (attendee != null && !attendee.startsWith("MAILTO:")) {
            invited = "\nATTENDEE:mailto:" + attendee;
        }
        ShiftCalendar calendar = Ics.read(Ics.calendar("", one(title) + invited));
        assertThat(Ics.at(calendar, "2026-11-30T12:00", "UTC")).containsExactly(people.split(" "));
    }

    @Test
    void who_declined_and_a_room_are_nobody() {
        ShiftCalendar calendar =
                Ics.read(
                        Ics.calendar(
                                "",
                                one("shift")
                                        + "\nATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.com"
                                        + "\nATTENDEE;CUTYPE=ROOM:mailto:room@example.com"
                                        + "\nATTENDEE:mailto:lin@example.com"));
        ShiftCalendar.Held held = calendar.at(Ics.instant("2026-11-30T12:00", "UTC"));
        assertThat(held.people()).containsExactly("lin");
        assertThat(held.unknown()).isEmpty();
    }

    @Test
    @DisplayName("C8 a shift of somebody whom nobody knows is empty, and told before it begins")
    void a_shift_of_somebody_whom_nobody_knows() {
        ShiftCalendar calendar = Ics.read(Ics.calendar("", one("Linn"), tomorrow("li")));
        Instant now = Ics.instant("2026-11-29T12:00", "UTC");
        assertThat(Ics.at(calendar, "2026-11-30T12:00", "UTC")).isEmpty();
        assertThat(calendar.unknown(now, now.plus(Duration.ofDays(7))))
                .extracting(Object::toString)
                .containsExactly(
                        "the shift from 2026-11-30 00:00 +00:00 names \"Linn\", who is nobody"
                                + " here; perhaps lin is meant",
                        "the shift from 2026-12-01 00:00 +00:00 names li, who is L1");
        assertThat(calendar.unknown(now, now.plus(Duration.ofHours(1)))).isEmpty();
    }

    private static String one(String title) {
        return "UID:" + title + "\nSUMMARY:" + title + "\nDTSTART;VALUE=DATE:20261130";
    }

    private static String tomorrow(String title) {
        return one(title).replace("20261130", "20261201");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RRULE:FREQ=SECONDLY | more often than any shift",
                "RRULE:FREQ=DAILY;COUNT=10000000 | more often than any shift",
                "RRULE:FREQ=NEVER | RRULE that is not understood",
                "EXDATE:tomorrow | EXDATE that is not understood",
                "RECURRENCE-ID;RANGE=THISANDFUTURE:20261130T000000Z | moves all that follow"
            })
    void what_is_not_understood_is_a_problem_that_names_the_entry(String line, String says) {
        String text = Ics.calendar("", one("lin") + "\n" + line);
        assertThatThrownBy(() -> Ics.read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the entry \"lin\" of 2026-11-30")
                .hasMessageContaining(says);
    }

    @Test
    void a_day_that_there_is_not_is_a_problem() {
        String text =
                Ics.calendar("", "UID:1\nSUMMARY:lin\nDTSTART:20260230T090000Z\nDURATION:PT8H");
        assertThatThrownBy(() -> Ics.read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("of 2026-02-30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Sign in</html>", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"})
    void what_is_no_calendar_is_a_problem(String text) {
        assertThatThrownBy(() -> Ics.read(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("that is no calendar");
    }

    @Test
    void a_calendar_that_was_cut_is_a_problem_and_no_shorter_one() {
        String whole = Ics.calendar("", one("lin"), tomorrow("ben"));
        for (int at = 1; at < whole.strip().length(); at++) {
            String cut = whole.substring(0, at);
            assertThatThrownBy(() -> Ics.read(cut)).isInstanceOf(ProblemException.class);
        }
    }

    /** Each was a real name once; a mistyped zone would be found by nobody else. */
    @Test
    void every_zone_of_windows_is_one_of_the_worlds() throws Exception {
        var names = new Properties();
        try (var in = Zones.class.getResourceAsStream("windows-zones.properties")) {
            names.load(in);
        }
        assertThat(names).hasSizeGreaterThan(130);
        names.forEach((name, zone) ->
                assertThat(ZoneId.getAvailableZoneIds()).as("%s", name).contains(zone.toString()));
    }
}
