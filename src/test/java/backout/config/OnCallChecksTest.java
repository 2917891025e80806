package backout.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import backout.problem.ProblemException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Lists and people by which nobody could be called, or nobody could decide. */
class OnCallChecksTest {
    private static final String PEOPLE =
            """
            people:
              li: {level: L1, accounts: {slack: U01}}
              anna: {level: L2, accounts: {slack: U02}}
              ben: {level: L2, accounts: {slack: U03}}
              dora: {level: L3, accounts: {slack: U04}}
            """;

    private static final String SLACK =
            "slack: {enabled: yes, bot-token: env:A, signing-secret: env:B}\n";

    @TempDir Path folder;

    private void refused(String people, String... told) throws IOException {
        TestSite site = TestSite.in(folder).with("config/people.yml", people);
        assertThatThrownBy(() -> load(site))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems())
                                        .extracting(Object::toString)
                                        .containsExactly(told));
    }

    private SiteLoader.Loaded load(TestSite site) {
        return TestSite.loader().load(site.file("commands"), site.file("config"));
    }

    private String people() {
        return folder.resolve("config/people.yml").toString();
    }

    @Test
    void nobody_is_called_backout() throws IOException {
        refused(
                PEOPLE + "  backout: {level: L2}\n",
                people()
                        + ":6 people/backout: is the name of the bot itself. Call this person"
                        + " otherwise");
    }

    @Test
    void two_people_with_one_account_are_refused() throws IOException {
        refused(
                PEOPLE.replace("U03", "U02"),
                people()
                        + ":4 people/ben/accounts/slack: is the account of anna as well. Give each"
                        + " person their own: a person has one vote");
    }

    @Test
    void a_stand_in_whose_time_others_take_whole_is_refused() throws IOException {
        refused(
                PEOPLE
                        + """
                        on-call:
                          L2:
                            rotation: '[anna, ben] every 7d from 2026-11-02T09:00 Asia/Shanghai'
                            overrides:
                              - anna from 2026-12-24T09:00 to 2026-12-27T09:00
                              - ben from 2026-12-23T09:00 to 2026-12-25T09:00
                              - dora from 2026-12-25T09:00 to 2026-12-28T09:00
                        """,
                people()
                        + ":9 on-call/L2/overrides: \"anna from 2026-12-24T09:00 to"
                        + " 2026-12-27T09:00\" never counts: lines below it are for all of its"
                        + " time. Take it out, or write it below them");
    }

    @Test
    @DisplayName("C12 a cover of a cover is none of those: some of its time is left")
    void a_cover_of_a_cover_is_read() throws IOException {
        TestSite site =
                TestSite.in(folder)
                        .with(
                                "config/people.yml",
                                PEOPLE
                                        + """
                                        on-call:
                                          L2:
                                            people: [anna]
                                            overrides:
                                              - ben from 2026-12-24T09:00 to 2026-12-27T09:00
                                              - dora from 2026-12-25T09:00 to 2026-12-26T09:00
                                        """);
        var list = requireNonNull(load(site).site().onCall().get(2));
        assertThat(list.at(Instant.parse("2026-12-25T12:00:00Z")).people()).containsExactly("dora");
        assertThat(list.at(Instant.parse("2026-12-26T12:00:00Z")).people()).containsExactly("ben");
    }

    @Test
    @DisplayName("a level that only the requester is in: the vote that nobody else can give")
    void a_vote_that_nobody_else_can_give() throws IOException {
        TestSite site =
                TestSite.in(folder)
                        .with(
                                "config/people.yml",
                                "people:\n  li: {level: L3}\n  eva: {level: L0}\n");
        assertThatThrownBy(() -> load(site))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems())
                                        .anyMatch(problem ->
                                                problem.toString()
                                                        .contains(
                                                                "when li asks, nobody can vote")));
    }

    @Test
    @DisplayName("C10 a level in which nobody can be reached in a chat that is served is refused")
    void a_level_that_no_chat_reaches() throws IOException {
        TestSite site =
                TestSite.in(folder)
                        .with("config/chat.yml", SLACK)
                        .with("config/people.yml", PEOPLE.replace(", accounts: {slack: U04}", ""));
        assertThat(load(site).unreached())
                .extracting(Object::toString)
                .hasSize(2)
                .allMatch(told ->
                        told.contains(
                                "calls L3, and nobody there has an account in slack or a pager"))
                .allMatch(
                        told -> told.contains("Give somebody of that level an account or a pager"));
        site.with("config/chat.yml", SLACK.replace("yes", "no"));
        assertThat(load(site).unreached()).isEmpty();
    }

    @Test
    void a_level_that_is_reached_by_a_pager_alone_is_reached() throws IOException {
        TestSite site =
                TestSite.in(folder)
                        .with("config/chat.yml", SLACK)
                        .with(
                                "config/notices.yml",
                                "receivers: {webhook/duty: {url: 'https://example.com/x',"
                                        + " secret: env:W, tells: []}}\n")
                        .with(
                                "config/people.yml",
                                PEOPLE.replace("accounts: {slack: U04}", "pager: [webhook/duty]"));
        assertThat(load(site).unreached()).isEmpty();
    }

    @Test
    void only_those_whom_the_list_of_a_level_can_name_count_as_reached() throws IOException {
        String people = PEOPLE.replace(", accounts: {slack: U03}", "");
        String onlyBen = "on-call:\n  L2: {people: [ben]}\n";
        TestSite site =
                TestSite.in(folder)
                        .with("config/chat.yml", SLACK)
                        .with("config/people.yml", people + onlyBen);
        assertThat(load(site).unreached())
                .extracting(Object::toString)
                .isNotEmpty()
                .allMatch(told -> told.contains("calls L2, and nobody there has an account"));
        site.with("config/people.yml", people + onlyBen.replace("[ben]", "[ben, anna]"));
        assertThat(load(site).unreached()).isEmpty();
        site.with(
                "config/people.yml",
                people
                        + """
                        on-call:
                          L2:
                            rotation: '[ben] every 7d from 2026-11-02T09:00 Asia/Shanghai'
                            overrides: [dora from 2026-12-25T09:00 to 2026-12-28T09:00]
                        """);
        assertThat(load(site).unreached()).isEmpty();
    }

    @Test
    void a_list_is_one_of_people_rotation_and_calendar() throws IOException {
        refused(
                PEOPLE + "on-call: {L2: {people: [anna], calendar: l2.ics}}\n",
                people()
                        + ":6 on-call/L2: says twice who is on call: people, calendar. Write one"
                        + " of: people, rotation, calendar");
    }

    @Test
    void a_calendar_is_read_later_and_until_then_all_of_the_level_are_called() throws IOException {
        TestSite site =
                TestSite.in(folder)
                        .with(
                                "config/people.yml",
                                PEOPLE
                                        + "on-call: {L2: {calendar: 'https://example.com/a.ics',"
                                        + " overrides: [dora from 2026-12-24T09:00 to"
                                        + " 2026-12-27T09:00]}}\n");
        var loaded = load(site);
        assertThat(loaded.calendars()).hasSize(1);
        assertThat(loaded.written()).isEmpty();
        var list = requireNonNull(loaded.site().lists().get(2));
        assertThat(list.at(Instant.parse("2026-11-30T00:00:00Z")).people())
                .containsExactly("anna", "ben");
        assertThat(list.at(Instant.parse("2026-12-25T00:00:00Z")).people()).containsExactly("dora");
        assertThat(loaded.site().doubtsOfOnCall(Instant.parse("2026-11-30T00:00:00Z")))
                .extracting(Object::toString)
                .containsExactly("the calendar of L2 was never read, all of L2 are called");
    }
}
