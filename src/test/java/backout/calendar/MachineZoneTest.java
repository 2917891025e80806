package backout.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.TimeZone;

/** The same calendar on machines all over the world. */
@Isolated("it sets the time zone of the process")
class MachineZoneTest {
    @ParameterizedTest
    @DisplayName("C5 days are those of the calendar's zone, then the list's, never the machine's")
    @ValueSource(strings = {"Pacific/Auckland", "UTC", "America/Los_Angeles"})
    void days_are_never_the_machines(String machine) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(machine));
        try {
            assertThat(
                            Ics.at(
                                    Ics.read(CalendarReaderTest.TWO_WEEKS),
                                    "2026-11-30T00:00",
                                    "Asia/Shanghai"))
                    .containsExactly("lin");
            assertThat(
                            Ics.at(
                                    Ics.read(CalendarReaderTest.TWO_WEEKS),
                                    "2026-12-06T23:59:59",
                                    "Asia/Shanghai"))
                    .containsExactly("lin");
            String bare =
                    CalendarReaderTest.TWO_WEEKS.replace("X-WR-TIMEZONE:Asia/Shanghai\r\n", "");
            ShiftCalendar london =
                    Ics.read(bare, Optional.of(TimeZone.getTimeZone("Europe/London")));
            assertThat(Ics.at(london, "2026-11-30T00:00", "Europe/London")).containsExactly("lin");
            assertThat(Ics.at(london, "2026-11-29T23:59:59", "Europe/London")).isEmpty();
            assertThat(Ics.at(Ics.read(bare), "2026-11-30T00:00", "UTC")).containsExactly("lin");
            ShiftCalendar weekly = Ics.read(Ics.calendar("", CalendarReaderTest.WEEKLY));
            assertThat(Ics.at(weekly, "2026-11-02T09:00", "Europe/London")).containsExactly("lin");
            assertThat(Ics.at(weekly, "2026-11-02T08:59:59", "Europe/London")).isEmpty();
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
