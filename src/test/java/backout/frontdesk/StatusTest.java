package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Block;
import backout.chat.Cards;
import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.run.Condition;
import backout.run.Evidence.Finding;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.RunEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class StatusTest {
    private final HandClock clock = new HandClock();
    private final MemoryLeases leases = new MemoryLeases(clock);
    private final MemoryJournal journal = new MemoryJournal(leases);
    private final Status status =
            new Status(Cards.site(), journal, clock, target -> leases.isTaken(target.toString()));

    private void seen() {
        journal.append(
                Cards.RELAY,
                List.of(new TargetEvent.Seen(clock.instant(), "sha256:b", "relay:2", "2", "")));
    }

    private void looked(String release, Finding finding, Instant since, String what) {
        var warning = Phrase.verbatim("it is marked bad");
        journal.note(
                Cards.RELAY,
                new Condition(
                        clock.instant(), release, finding, since, Phrase.verbatim(what), warning));
    }

    private String row() {
        var table = (Block.Table) status.of(Optional.empty()).blocks().getFirst();
        return Phrase.joined(" | ", table.texts().getFirst()).toString();
    }

    @Test
    void it_says_how_the_service_is_and_not_when_its_release_was_noted() {
        seen();
        Instant since = clock.instant();
        clock.pass(Duration.ofMinutes(8));
        looked("sha256:b", Finding.UNWELL, since, "GET /health 500");
        clock.pass(Duration.ofSeconds(7));
        assertThat(row())
                .contains(
                        "| 2, not proven | unwell since "
                                + Phrase.of("{0}", since)
                                + ": GET /health 500; looked 7 s ago. it is marked bad |");
    }

    @Test
    void what_nobody_looks_at_any_more_is_unknown() {
        seen();
        assertThat(row()).contains("| 2, not proven, last seen just now | not looked at yet |");
        looked("sha256:b", Finding.WELL, clock.instant(), "");
        clock.pass(Duration.ofMinutes(9));
        assertThat(row()).contains("unknown: nobody has looked since ").contains("; then it was ");
    }

    private void good(String release, String version) {
        var now = clock.instant();
        journal.append(
                Cards.RELAY,
                List.of(
                        new TargetEvent.Seen(now, release, "relay:" + version, version, ""),
                        new TargetEvent.FoundGood(now, release, version)));
    }

    private void obstacle(String why) {
        var event =
                new TargetEvent.LookedFor(
                        clock.instant(), TargetEvent.LookedFor.ANY, Phrase.verbatim(why));
        journal.append(Cards.RELAY, List.of(event));
    }

    private void judged(Instant at) {
        var warning = Phrase.verbatim("it is marked bad");
        journal.note(
                Cards.RELAY,
                new Condition(
                        clock.instant(), "sha256:b", Finding.WELL, at, Phrase.NONE, warning, at));
    }

    @Test
    void where_it_would_go_back_to_is_told_with_when_that_was_looked_at() {
        good("sha256:a", "1");
        seen();
        assertThat(row()).contains("| not looked at yet; by the journal: 1 |");
        Instant looked = clock.instant();
        judged(looked);
        clock.pass(Duration.ofSeconds(7));
        assertThat(row())
                .contains("| 1; looked 7 s ago |")
                .endsWith("it is marked bad | 1; looked 7 s ago | ");
        clock.pass(Duration.ofHours(2));
        assertThat(row())
                .contains(
                        "| not looked at since " + Phrase.of("{0}", looked) + ", then it was: 1 |");
    }

    @Test
    void an_old_verdict_on_the_way_back_is_not_told_as_of_now() {
        seen();
        Instant looked = clock.instant();
        judged(looked);
        obstacle("no compose file");
        clock.pass(Duration.ofHours(2));
        assertThat(row())
                .contains(
                        "| not looked at since "
                                + Phrase.of("{0}", looked)
                                + ", then it was: cannot be rolled back: no compose file |");
    }

    @Test
    void a_look_that_sees_nothing_makes_neither_the_way_back_nor_the_warning_younger() {
        good("sha256:a", "1");
        seen();
        Instant looked = clock.instant();
        judged(looked);
        clock.pass(Duration.ofHours(2));
        judged(looked);
        assertThat(row())
                .contains(". at the last look, " + Phrase.of("{0}", looked) + ": it is")
                .contains("| not looked at since " + Phrase.of("{0}", looked));
    }

    @Test
    void what_ran_at_a_look_of_long_ago_is_not_told_to_run_now() {
        seen();
        judged(clock.instant());
        clock.pass(Duration.ofHours(2));
        assertThat(row()).contains("| 2, not proven, last seen 2 h ago |");
    }

    @Test
    void where_what_runs_is_good_it_is_another_release_that_is_missing() {
        seen();
        assertThat(row()).contains("nothing proven yet");
        journal.append(
                Cards.RELAY, List.of(new TargetEvent.FoundGood(clock.instant(), "sha256:b", "2")));
        assertThat(row())
                .contains("no other release is known to be good")
                .doesNotContain("nothing proven yet");
    }

    @Test
    void what_somebody_said_to_be_good_is_good_and_what_checks_remarked_is_a_but() {
        seen();
        good(Phrase.of("{0} said so: {1}", "anna", "it was redis"));
        assertThat(row()).contains("2, good: anna said so: it was redis");
        good(Phrase.of("slow"));
        assertThat(row()).contains("2, good, but slow");
    }

    @Test
    void what_a_run_proved_is_good_and_says_so() {
        seen();
        var now = clock.instant();
        var slow = List.of(Phrase.of("slow"));
        journal.append(
                Cards.RELAY,
                List.of(new TargetEvent.FoundGood(now, "sha256:b", "", slow, "7F3KQ")));
        assertThat(row()).contains("2, good: proven in run 7F3KQ, but slow");
    }

    private void good(Phrase remark) {
        journal.append(
                Cards.RELAY,
                List.of(
                        new TargetEvent.FoundGood(
                                clock.instant(), "sha256:b", "2", List.of(remark))));
    }

    @Test
    void a_run_is_at_work_while_somebody_works_on_it() {
        journal.begin(
                new RunEvent.Requested(
                        clock.instant(),
                        Cards.RUN,
                        "d1",
                        "li",
                        Cards.RELAY,
                        "compose",
                        "compose claude-relay",
                        "",
                        Map.of(),
                        ""));
        var killed = leases.another();
        assertThat(killed.take(Cards.RELAY.toString(), Duration.ofHours(1))).isPresent();
        assertThat(open()).hasToString("at work");
        killed.die();
        assertThat(open().toString()).startsWith("nobody works on it").contains("backout serve");
    }

    private Phrase open() {
        var runs = (Block.Lines) status.of(Optional.empty()).blocks().getLast();
        return runs.lines().getFirst().note();
    }
}
