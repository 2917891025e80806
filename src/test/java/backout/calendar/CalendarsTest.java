package backout.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.Secrets;
import backout.problem.Problem;
import backout.run.HandClock;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** When calendars are read, and what is in force while they cannot be. */
class CalendarsTest {
    private static final String LIN =
            Ics.calendar("", "UID:1\nSUMMARY:lin\nDTSTART;VALUE=DATE:20260228\nDURATION:P28D");

    private static final String BEN = LIN.replace("lin", "ben");

    @TempDir Path store;
    private final HandClock clock = new HandClock();
    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CalendarList list(String source) {
        return new CalendarList(2, new CalendarSource(source, store), Optional.empty(), Ics.PEOPLE);
    }

    private CalendarList served() {
        return list(server.url("/private-5ecret/oncall.ics").toString());
    }

    private Calendars reading(CalendarList list) {
        var secrets = new Secrets(name -> Map.of("ONCALL", url()).getOrDefault(name, ""));
        return new Calendars(List.of(list), store, secrets, clock);
    }

    private String url() {
        return server.url("/private-5ecret/oncall.ics").toString();
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private void answers(int code) {
        server.enqueue(new MockResponse.Builder().code(code).build());
    }

    private List<String> onCall(CalendarList list) {
        return list.at(clock.instant()).people();
    }

    private String doubt(CalendarList list) {
        return list.doubt(clock.instant()).map(Object::toString).orElse("");
    }

    @Test
    void it_is_read_again_every_five_minutes_and_not_more_often() {
        CalendarList list = served();
        Calendars calendars = reading(list);
        answers(LIN);
        calendars.once();
        answers(BEN);
        clock.pass(Duration.ofSeconds(299));
        calendars.once();
        assertThat(onCall(list)).containsExactly("lin");
        assertThat(server.getRequestCount()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(1));
        calendars.once();
        assertThat(onCall(list)).containsExactly("ben");
        assertThat(doubt(list)).isEmpty();
    }

    @Test
    @DisplayName("an address that is down: the last known list stays in force, and it is said")
    void the_last_known_list_stays() {
        CalendarList list = served();
        Calendars calendars = reading(list);
        answers(LIN);
        calendars.once();
        answers(503);
        clock.pass(Duration.ofMinutes(5));
        calendars.once();
        assertThat(onCall(list)).containsExactly("lin");
        assertThat(doubt(list))
                .contains("L2 is called by the calendar as it was 2026-03-01 02:14 +00:00")
                .contains("answered 503")
                .doesNotContain("5ecret");
        answers(BEN);
        clock.pass(Duration.ofMinutes(5));
        calendars.once();
        assertThat(onCall(list)).containsExactly("ben");
        assertThat(doubt(list)).isEmpty();
    }

    @Test
    @DisplayName("C6 a calendar that is not understood any more: the last known list, with its age")
    void a_broken_calendar() {
        CalendarList list = served();
        Calendars calendars = reading(list);
        answers(LIN);
        calendars.once();
        for (String broken :
                List.of(
                        LIN.substring(0, 60),
                        "<html>Sign in</html>",
                        LIN.replace("VALUE=DATE:20260228", "TZID=Foo/Bar:20260228T000000"))) {
            answers(broken);
            clock.pass(Duration.ofMinutes(5));
            calendars.once();
            assertThat(onCall(list)).containsExactly("lin");
            assertThat(doubt(list)).contains("as it was 2026-03-01 02:14 +00:00");
        }
        assertThat(doubt(list)).contains("Foo/Bar");
    }

    @Test
    void who_starts_while_the_address_is_down_has_the_list_of_before() {
        answers(LIN);
        reading(served()).once();
        clock.pass(Duration.ofDays(1));
        CalendarList later = served();
        Calendars calendars = reading(later).recall();
        assertThat(onCall(later)).containsExactly("lin");
        assertThat(doubt(later)).contains("as it was 2026-03-01 02:14 +00:00");
        answers(500);
        calendars.once();
        assertThat(onCall(later)).containsExactly("lin");
        assertThat(doubt(later)).contains("answered 500");
    }

    @Test
    void another_address_is_another_calendar() {
        answers(LIN);
        reading(served()).once();
        CalendarList other = list("http://127.0.0.1:1/other.ics");
        reading(other).recall();
        assertThat(onCall(other)).containsExactly("lin", "ben", "anna");
        assertThat(doubt(other))
                .isEqualTo("the calendar of L2 was never read, all of L2 are called");
    }

    @Test
    void what_was_never_read_calls_everybody_of_the_level_rather_than_nobody() {
        CalendarList list = served();
        answers(404);
        reading(list).once();
        assertThat(onCall(list)).containsExactly("lin", "ben", "anna");
        assertThat(doubt(list)).contains("never read, all of L2 are called").contains("404");
    }

    @Test
    void what_was_kept_and_spoiled_since_is_as_if_it_were_not_there() throws IOException {
        answers(LIN);
        reading(served()).once();
        try (Stream<Path> kept = Files.list(store.resolve("on-call"))) {
            for (Path file : kept.toList()) {
                Files.writeString(file, "BEGIN:VCAL");
            }
        }
        CalendarList later = served();
        reading(later).recall();
        assertThat(onCall(later)).containsExactly("lin", "ben", "anna");
    }

    @Test
    void what_cannot_be_kept_is_in_force_and_told() throws IOException {
        Files.writeString(store.resolve("on-call"), "a file where the folder should be");
        CalendarList list = served();
        answers(LIN);
        reading(list).once();
        assertThat(onCall(list)).containsExactly("lin");
        assertThat(doubt(list)).contains("cannot be kept");
    }

    @Test
    void the_address_may_be_a_secret_and_is_never_shown() {
        CalendarList list = list("env:ONCALL");
        answers(LIN);
        assertThat(reading(list).look()).isEmpty();
        assertThat(onCall(list)).containsExactly("lin");
        answers(403);
        assertThat(reading(list).look())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("env:ONCALL: localhost answered 403")
                .doesNotContain("5ecret");
        assertThat(reading(list("env:NOTHING")).look())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("env:NOTHING leads nowhere");
    }

    @Test
    void a_file_beside_the_configuration_is_read_too() throws IOException {
        Files.writeString(store.resolve("l2.ics"), LIN);
        CalendarList list = list("l2.ics");
        assertThat(reading(list).look()).isEmpty();
        assertThat(onCall(list)).containsExactly("lin");
        assertThat(reading(list("none.ics")).look())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("none.ics: it cannot be read");
    }

    @Test
    @DisplayName("C8 check names whoever a calendar names and nobody knows")
    void check_names_strangers() {
        CalendarList list = served();
        answers(LIN.replace("lin", "Linn"));
        assertThat(reading(list).look())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith(
                        "on-call/L2/calendar: the shift from 2026-02-28 00:00 +00:00 names"
                                + " \"Linn\", who is nobody here; perhaps lin is meant");
        assertThat(onCall(list)).isEmpty();
    }

    @Test
    void a_calendar_of_a_megabyte_is_refused() {
        CalendarList list = served();
        String filler = "X-FILLER:" + "x".repeat(60) + "\r\n";
        answers(LIN.replace("BEGIN:VEVENT", filler.repeat(20_000) + "BEGIN:VEVENT"));
        assertThat(reading(list).look())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains("longer than 1024 KB");
    }
}
