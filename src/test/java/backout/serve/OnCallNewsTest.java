package backout.serve;

import static org.assertj.core.api.Assertions.assertThat;

import backout.calendar.Calendars;
import backout.chat.slack.SlackChat;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Secrets;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.run.HandClock;
import backout.store.sql.SqlStore;
import backout.story.SimSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What operators hear of who is called, and how often. */
@SuppressWarnings("NullAway.Init")
final class OnCallNewsTest {
    private static final String PEOPLE =
            """
            people:
              li: {level: L1, accounts: {slack: U01}}
              anna: {level: L2, accounts: {slack: U02}}
              eva: {level: L2}
            """;

    private static final String LIST = "on-call: {L2: {calendar: l2.ics}}\n";

    @TempDir private Path home;
    private final HandClock clock = new HandClock();
    private SimSite site;
    private SqlStore store;
    private SiteLoader.Loaded loaded;
    private Calendars calendars;
    private int heard;

    @BeforeEach
    void open() {
        site = SimSite.in(home, 1, "0s");
        site.write("config/people.yml", PEOPLE + LIST);
        store = SqlStore.open(home.resolve("journal"), clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** A bot that serves what is in the files, from now on; its calendars are not read yet. */
    private OnCallNews begin() {
        var kind = new TargetKind("sim", List.of(), List.of(), List.of("sim.box"));
        loaded =
                new SiteLoader(Map.of("sim", kind), List.of(SlackChat.KEYS))
                        .load(home.resolve("commands"), home.resolve("config"));
        var news = new OnCallNews(loaded, store.journal(), clock);
        calendars =
                new Calendars(loaded.calendars(), home, new Secrets(_ -> ""), clock)
                        .then(news::look)
                        .recall();
        return news;
    }

    private void calendar(String person, String day) {
        site.write(
                "config/l2.ics",
                """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//test//EN
                BEGIN:VEVENT
                UID:1
                SUMMARY:On call: %s
                DTSTART:%sT000000Z
                DTEND:20270101T000000Z
                END:VEVENT
                END:VCALENDAR
                """
                        .formatted(person, day));
    }

    private void look() {
        clock.pass(Duration.ofMinutes(5));
        calendars.once();
    }

    /** What operators were told since this was asked last. */
    private List<String> told() {
        List<String> all =
                store.journal().read(Freeze.SITE).stream()
                        .map(event -> ((TargetEvent.Warned) event).says().toString())
                        .toList();
        List<String> news = all.subList(heard, all.size());
        heard = all.size();
        return news;
    }

    @Test
    @DisplayName("C8 a name that nobody has is told once, a week before it counts")
    void a_name_that_nobody_knows_is_told_once_and_when_it_is_mended() {
        calendar("anan", "20260309");
        var _ = begin();
        look();
        assertThat(told()).isEmpty();
        clock.pass(Duration.ofDays(2));
        look();
        assertThat(told())
                .singleElement()
                .asString()
                .contains("L2: the shift from 2026-03-09")
                .contains("names \"anan\", who is nobody here")
                .contains("name somebody of people.yml in the calendar");
        look();
        var _ = begin();
        look();
        assertThat(told()).isEmpty();
        calendar("anna", "20260309");
        look();
        assertThat(told()).singleElement().asString().contains("no longer so: L2: the shift from");
        look();
        assertThat(told()).isEmpty();
    }

    @Test
    void a_calendar_that_cannot_be_read_is_told_once_until_it_is_read_again() {
        calendar("anna", "20260101");
        var _ = begin();
        look();
        site.write("config/l2.ics", "no calendar");
        look();
        assertThat(told())
                .singleElement()
                .asString()
                .contains("the calendar of L2 cannot be read")
                .contains("l2.ics");
        look();
        OnCallNews again = begin();
        again.look();
        assertThat(told()).as("before it was asked for nobody knows").isEmpty();
        look();
        assertThat(told()).isEmpty();
        calendar("anna", "20260101");
        look();
        assertThat(told())
                .containsExactly("who is called, no longer so: the calendar of L2 cannot be read");
    }

    @Test
    @DisplayName("C9, C10 a level in which nobody is reachable is told, not only logged")
    void a_level_that_nobody_reaches_is_told_until_somebody_does() {
        site.write("config/people.yml", PEOPLE.replace(", accounts: {slack: U02}", ""));
        site.write(
                "config/chat.yml",
                "slack: {enabled: yes, bot-token: env:A, signing-secret: env:B}\n");
        site.write(
                "config/approvals.yml",
                "policies: {some: {votes: 1, from: L2, escalate: {L2: 0s}}}\n");
        begin().look();
        assertThat(told())
                .singleElement()
                .asString()
                .contains("policy some calls L2, and nobody there has an account in slack");
        begin().look();
        assertThat(told()).isEmpty();
        site.write("config/people.yml", PEOPLE);
        begin().look();
        assertThat(told()).singleElement().asString().contains("no longer so: policy some calls");
    }

    @Test
    @DisplayName("C14 whoever gets another shift is told")
    void shifts_that_move_are_told_together() {
        OnCallNews news = begin();
        news.changed(List.of());
        assertThat(told()).isEmpty();
        news.changed(List.of(Phrase.of("li instead of anna"), Phrase.of("anna instead of li")));
        assertThat(told()).containsExactly("li instead of anna; anna instead of li");
        news.changed(List.of(Phrase.of("li instead of anna")));
        assertThat(told()).containsExactly("li instead of anna");
    }
}
