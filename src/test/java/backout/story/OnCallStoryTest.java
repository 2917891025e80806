package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.run.HandClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;

/** Who is on call by a calendar, as people at the host see it. */
@SuppressWarnings("NullAway.Init")
class OnCallStoryTest {
    private static final String CALENDAR =
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//test//EN
            X-WR-TIMEZONE:Europe/London
            BEGIN:VEVENT
            UID:1
            SUMMARY:On call: anna
            DTSTART;VALUE=DATE:20260223
            DTEND;VALUE=DATE:20260302
            END:VEVENT
            BEGIN:VEVENT
            UID:2
            SUMMARY:On call: ben
            DTSTART;VALUE=DATE:20260302
            DTEND;VALUE=DATE:20260309
            END:VEVENT
            END:VCALENDAR
            """;

    @TempDir Path home;
    private SimSite site;

    @BeforeEach
    void write() {
        site = SimSite.in(home, 1, "0s");
        site.write(
                "config/people.yml",
                """
                people:
                  li: {level: L1}
                  anna: {level: L2}
                  ben: {level: L2}
                on-call: {L2: {calendar: l2.ics}}
                """);
        site.write("config/l2.ics", CALENDAR);
    }

    private Seat seat() {
        return new Seat(home, new SimService(), new HandClock());
    }

    @Test
    void check_reads_the_calendar_and_everybody_sees_who_is_on_call() {
        Seat before = seat();
        assertThat(before.run("oncall")).isZero();
        assertThat(before.text()).contains("the calendar of L2 was never read");
        Seat status = seat();
        assertThat(status.run("status")).isZero();
        assertThat(status.text()).contains("the calendar of L2 was never read");
        assertThat(seat().run("check")).isZero();
        Seat after = seat();
        assertThat(after.run("oncall")).isZero();
        assertThat(after.text())
                .contains("by the calendar")
                .contains("anna")
                .contains("ben")
                .doesNotContain("never read");
    }

    @Test
    void check_refuses_a_calendar_that_names_nobody_and_the_last_one_stays() {
        assertThat(seat().run("check")).isZero();
        site.write("config/l2.ics", CALENDAR.replace("On call: ben", "On call: bne"));
        Seat wrong = seat();
        assertThat(wrong.run("check")).isEqualTo(2);
        assertThat(wrong.text())
                .contains("names \"bne\", who is nobody here")
                .contains("perhaps ben");
        site.write("config/l2.ics", CALENDAR.substring(0, 200));
        Seat cut = seat();
        assertThat(cut.run("check")).isEqualTo(2);
        assertThat(cut.text()).contains("it is cut off");
        Seat after = seat();
        assertThat(after.run("oncall")).isZero();
        assertThat(after.text()).contains("anna").contains("names \"bne\"");
    }

    @Test
    @DisplayName("C14 who gets another shift is told in the channels, once")
    void a_shift_that_moves_is_told_where_operators_hear() {
        var clock = new HandClock();
        var levels = Map.of("li", "L1", "anna", "L2", "ben", "L2");
        try (var slack = new FakeSlack(clock);
                var bot = SlackBot.on(slack, home, 1, clock).serve()) {
            bot.people(levels, "{L2: {people: [anna]}}").restart();
            bot.people(levels, "{L2: {people: [ben]}}").restart();
            bot.until(
                    "it is told",
                    () -> bot.news.messages().toString().contains("ben instead of anna"));
            bot.restart();
            assertThat(bot.journal().read(Freeze.SITE))
                    .filteredOn(TargetEvent.Warned.class::isInstance)
                    .hasSize(1);
        }
    }
}
