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
