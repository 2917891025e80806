package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Await;
import backout.run.HandClock;
import backout.run.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The files of a bot that serves are edited. */
class ReloadStoryTest {
    private static final String BOTH =
            "targets: {sim/relay: {policy: some}, sim/shop: {policy: some}}\n";

    private static final String RECEIVER =
            """
            receivers:
              webhook/ci: {url: "https://ci.example.com/told", secret: "file:none"}
            """;

    private static final String CALENDAR =
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//test//EN
            BEGIN:VEVENT
            UID:1
            SUMMARY:On call: anna
            DTSTART:20260101T000000Z
            DTEND:20270101T000000Z
            END:VEVENT
            END:VCALENDAR
            """;

    private static final Pattern READ = Pattern.compile("read at ([0-9TZ:.-]+)");

    @TempDir Path home;

    /** Time goes by meanwhile: the files stand still. */
    private static void until(ServedSite served, String what, Predicate<String> ready) {
        Await.until(
                what,
                () -> {
                    served.clock.pass(Duration.ofSeconds(1));
                    return ready.test(served.asks("/readyz").text());
                });
    }

    @Test
    void a_target_is_added_and_another_removed_without_a_restart() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/targets.yml", BOTH);
            until(served, "it is looked at", text -> text.contains("target sim/shop"));
            assertThat(served.asks("/healthz").text()).contains("watch sim/shop");
            served.site.write("config/targets.yml", "targets: {sim/shop: {policy: some}}\n");
            until(served, "the other is not", text -> !text.contains("target sim/relay"));
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
            assertThat(served.seat().run("check")).isZero();
        }
    }

    @Test
    void a_calendar_that_is_named_or_left_out_is_read_from_then_on_or_no_more() {
        String people = "people: {li: {level: L1}, anna: {level: L2}, ben: {level: L2}}\n";
        try (var served = new ServedSite(home, 0)) {
            served.site.write("config/people.yml", people);
            served.serve().awaitReady();
            served.site.write("config/l2.ics", CALENDAR);
            served.site.write("config/people.yml", people + "on-call: {L2: {calendar: l2.ics}}\n");
            until(served, "it is read", _ -> healthz(served).contains("calendars"));
            var asked = served.seat();
            assertThat(asked.run("oncall")).isZero();
            assertThat(asked.text()).contains("by the calendar").doesNotContain("never read");
            served.site.write("config/people.yml", people);
            until(served, "it is read no more", _ -> !healthz(served).contains("calendars"));
            assertThat(served.asks("/healthz").status()).isEqualTo(200);
        }
    }

    private static String healthz(ServedSite served) {
        return served.asks("/healthz").text();
    }

    @Test
    void a_broken_file_keeps_nobody_from_rolling_back() {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            served.site.write("config/people.yml", "people: {li: {level: L9}}\n");
            until(served, "it is told", text -> text.contains("is refused"));
            assertThat(served.asks("/readyz").json().path("not-ready")).isEmpty();
        }
    }

    @Test
    void what_the_journal_cannot_take_is_wholly_the_former_one_and_is_tried_again()
            throws SQLException {
        try (var served = new ServedSite(home, 0).serve()) {
            served.awaitReady();
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + journal(served));
                    var locks = other.createStatement()) {
                locks.execute("BEGIN IMMEDIATE");
                served.site.write("config/targets.yml", BOTH);
                served.site.write("config/notices.yml", RECEIVER);
                until(served, "it is told", text -> text.contains("is refused"));
                assertThat(served.asks("/readyz").text()).doesNotContain("sim/shop");
                assertThat(served.asks("/healthz").text()).doesNotContain("sim/shop");
            }
            until(served, "it is tried again", text -> !text.contains("is refused"));
            assertThat(served.asks("/readyz").text())
                    .contains("target sim/shop")
                    .contains("receiver webhook/ci");
        }
    }

    @Test
    void a_run_that_waits_keeps_the_policy_that_it_was_planned_by() {
        var clock = new HandClock();
        try (var slack = new FakeSlack(clock);
                var bot = SlackBot.on(slack, home, 1, clock).serve()) {
            bot.types("li", "sim relay because 5xx");
            bot.until("there is a plan", () -> bot.run().planned().isPresent());
            bot.types("li", "confirm " + bot.runId());
            bot.until("it is ready", () -> bot.ready().contains("read at"));
            Instant edited = clock.instant();
            bot.votes(2);
            bot.until(
                    "the files are taken over",
                    () -> {
                        clock.pass(Duration.ofSeconds(1));
                        return isReadSince(bot.ready(), edited);
                    });
            bot.types("anna", "approve " + bot.runId());
            bot.until("one vote is enough", () -> bot.run().outcome().isPresent());
            assertThat(bot.run().outcome().orElseThrow().result()).isEqualTo(Outcome.Result.PROVEN);
            bot.service.deploy(SimService.BAD);
            bot.types("li", "sim relay because again");
            bot.until(
                    "the next plan",
                    () -> bot.run().outcome().isEmpty() && bot.run().planned().isPresent());
            assertThat(bot.run().planned().orElseThrow().policy().votes()).isEqualTo(2);
        }
    }

    private static boolean isReadSince(String ready, Instant when) {
        return READ.matcher(ready)
                .results()
                .anyMatch(found -> Instant.parse(found.group(1)).isAfter(when));
    }

    private static Path journal(ServedSite served) {
        return served.store.resolve("backout.db");
    }
}
