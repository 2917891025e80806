package backout.approval;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.OnCall.Shift;
import backout.approval.StandIns.StandIn;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Who is on call at every minute, also when clocks change. */
class RotationTest {
    private static final List<String> TWO = List.of("li", "ben");

    private static Rotation weekly(String zone) {
        return new Rotation(TWO, 7, LocalDateTime.parse("2026-03-02T09:00"), ZoneId.of(zone));
    }

    private static Instant at(String local, String zone) {
        return LocalDateTime.parse(local).atZone(ZoneId.of(zone)).toInstant();
    }

    @ParameterizedTest
    @DisplayName("C1 the hand-over stays at its hour when the clocks change")
    @ValueSource(strings = {"Europe/London", "Europe/Berlin", "America/New_York", "Asia/Shanghai"})
    void the_hand_over_stays_at_its_hour(String zone) {
        Rotation rotation = weekly(zone);
        for (LocalDate monday = LocalDate.parse("2026-03-02");
                monday.isBefore(LocalDate.parse("2028-03-06"));
                monday = monday.plusWeeks(1)) {
            Instant nine = monday.atTime(9, 0).atZone(ZoneId.of(zone)).toInstant();
            assertThat(rotation.at(nine).people())
                    .as("%s", monday)
                    .isNotEqualTo(rotation.at(nine.minusSeconds(1)).people());
        }
    }

    @ParameterizedTest
    @DisplayName("C2 in every minute of two years exactly one, and each turn ends when it says")
    @ValueSource(strings = {"Europe/London", "America/New_York", "Asia/Shanghai", "Pacific/Apia"})
    void never_a_gap_and_never_two(String zone) {
        Rotation rotation = weekly(zone);
        Instant end = Instant.parse("2028-03-06T00:00:00Z");
        Shift shift = rotation.at(Instant.parse("2026-03-02T00:00:00Z"));
        for (Instant now = Instant.parse("2026-03-02T00:00:00Z");
                now.isBefore(end);
                now = now.plus(Duration.ofMinutes(1))) {
            if (!now.isBefore(Objects.requireNonNull(shift.until()))) {
                Shift next = rotation.at(now);
                assertThat(next.people()).as("%s", now).hasSize(1).isNotEqualTo(shift.people());
                assertThat(rotation.at(Objects.requireNonNull(shift.until())).people())
                        .isEqualTo(next.people());
                shift = next;
            }
        }
    }

    @Test
    @DisplayName("C2 an hour that is there twice hands over when it comes first")
    void the_hour_that_is_there_twice() {
        var rotation =
                new Rotation(
                        TWO,
                        1,
                        LocalDateTime.parse("2026-10-24T01:30"),
                        ZoneId.of("Europe/London"));
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        assertThat(rotation.at(first.minusSeconds(1)).people()).containsExactly("li");
        assertThat(rotation.at(first).people()).containsExactly("ben");
        assertThat(rotation.at(first.plus(Duration.ofHours(1))).people()).containsExactly("ben");
    }

    @ParameterizedTest
    @DisplayName("C3 a daily rotation over weekdays skips days, not people")
    @ValueSource(strings = {"Europe/Paris", "Asia/Shanghai"})
    void a_daily_rotation_over_weekdays(String zone) {
        var rotation =
                new Rotation(
                        TWO,
                        1,
                        LocalDateTime.parse("2026-11-02T09:00"),
                        ZoneId.of(zone),
                        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
        Map<String, String> days = new TreeMap<>();
        for (int day = 0; day < 14; day++) {
            LocalDate date = LocalDate.parse("2026-11-02").plusDays(day);
            List<String> people = rotation.at(at(date + "T12:00", zone)).people();
            days.put(date.toString(), people.isEmpty() ? "-" : String.join(" ", people));
        }
        assertThat(days.values())
                .containsExactly(
                        "li", "ben", "li", "ben", "li", "-", "-", "ben", "li", "ben", "li", "ben",
                        "-", "-");
        Shift saturday = rotation.at(at("2026-11-07T12:00", zone));
        assertThat(saturday.until()).isEqualTo(at("2026-11-09T09:00", zone));
        assertThat(rotation.at(at("2026-11-07T08:59", zone)).people()).containsExactly("li");
    }

    @Test
    @DisplayName("C12 the newest stand-in counts for its span, then the older one holds again")
    void stand_ins_within_stand_ins() {
        String zone = "Asia/Shanghai";
        var list =
                new StandIns(
                        OnCall.always(List.of("li")),
                        List.of(
                                standIn("ben", "2026-12-20T09:00", "2026-12-30T09:00"),
                                standIn("anna", "2026-12-22T09:00", "2026-12-28T09:00"),
                                standIn("dora", "2026-12-24T09:00", "2026-12-25T09:00")));
        var turns = new ArrayList<String>();
        Instant now = at("2026-12-19T09:00", zone);
        while (now != null && turns.size() < 10) {
            Shift shift = list.at(now);
            turns.add(String.join(" ", shift.people()) + ", " + shift.why());
            now = shift.until();
        }
        assertThat(turns)
                .containsExactly(
                        "li, always",
                        "ben, in place of li",
                        "anna, in place of li",
                        "dora, in place of li",
                        "anna, in place of li",
                        "ben, in place of li",
                        "li, always");
    }

    private static StandIn standIn(String person, String from, String to) {
        return new StandIn(person, at(from, "Asia/Shanghai"), at(to, "Asia/Shanghai"));
    }

    @Test
    @DisplayName("C13 who stands in on one list does not on another")
    void one_list_alone() {
        var first =
                new StandIns(
                        OnCall.always(List.of("li")),
                        List.of(standIn("ben", "2026-12-20T09:00", "2026-12-30T09:00")));
        var second = new StandIns(OnCall.always(List.of("li")), List.of());
        Instant then = at("2026-12-21T09:00", "Asia/Shanghai");
        assertThat(first.at(then).people()).containsExactly("ben");
        assertThat(second.at(then).people()).containsExactly("li");
    }
}
