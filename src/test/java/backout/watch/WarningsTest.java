package backout.watch;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Policy;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class WarningsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:14:00Z");
    private static final Target TARGET =
            new Target(
                    new TargetName("sim", "relay"),
                    "local",
                    "some",
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    List.of(),
                    new Settings(Map.of()));

    private final List<TargetEvent> events = new ArrayList<>();

    private Optional<String> warning(String running, Optional<String> rolledBackTo) {
        return Warnings.of(TARGET, Ledger.of(events), running, rolledBackTo).map(Phrase::toString);
    }

    private void rolledBack() {
        events.add(new TargetEvent.Seen(NOW, "new", "r:2", "2", ""));
        events.add(new TargetEvent.Seen(NOW, "old", "r:1", "1", ""));
        events.add(new TargetEvent.MarkedBad(NOW, "new", Phrase.of("5xx"), "li"));
        events.add(new TargetEvent.Locked(NOW, "li", Phrase.of("5xx"), "7F3KQ"));
    }

    @Test
    void nothing_is_said_while_everything_is_as_it_should_be() {
        assertThat(warning("old", Optional.empty())).isEmpty();
        rolledBack();
        assertThat(warning("old", Optional.of("old"))).isEmpty();
    }

    @Test
    void a_bad_release_that_runs_again_is_named_with_its_reason() {
        rolledBack();
        assertThat(warning("new", Optional.of("old")))
                .contains(
                        "sim/relay runs 2 again, which is marked bad: 5xx. Look at it, or roll"
                                + " back: sim relay");
    }

    @Test
    void a_bad_release_is_named_without_a_lock_too() {
        rolledBack();
        events.add(new TargetEvent.Unlocked(NOW, "anna", Phrase.of("fixed")));
        assertThat(warning("new", Optional.empty()).orElseThrow()).contains("marked bad");
    }

    @Test
    void a_locked_target_that_went_forward_is_named_with_who_locked_it() {
        rolledBack();
        events.add(new TargetEvent.Seen(NOW, "newer", "r:3", "3", ""));
        assertThat(warning("newer", Optional.of("old")))
                .contains(
                        "sim/relay went forward to 3 although li locked it with run 7F3KQ: 5xx. If"
                                + " that is right, say: unlock relay");
    }

    @Test
    void after_the_lock_is_lifted_it_may_go_forward() {
        rolledBack();
        events.add(new TargetEvent.Unlocked(NOW, "anna", Phrase.of("fixed")));
        assertThat(warning("newer", Optional.empty())).isEmpty();
    }

    @Test
    void a_lock_whose_run_nobody_knows_says_nothing() {
        rolledBack();
        assertThat(warning("newer", Optional.empty())).isEmpty();
    }

    private static final RunId KEPT = new RunId("8G4MR");

    /** Li locked it; anna went back further and kept what that brought. */
    private MemoryJournal kept(TargetEvent... since) {
        var journal = new MemoryJournal(new MemoryLeases(new HandClock()));
        Duration hour = Duration.ofHours(1);
        journal.begin(
                new RunEvent.Requested(
                        NOW,
                        KEPT,
                        "d",
                        "anna",
                        TARGET.name(),
                        "sim",
                        "sim relay to 0",
                        "",
                        Map.of(),
                        ""));
        var plan =
                new Plan(
                        TARGET.name(),
                        "sim",
                        new Plan.Shown("old", "1", Phrase.NONE),
                        new Plan.Shown("older", "0", Phrase.NONE),
                        Phrase.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        var policy = new Policy("some", 0, 1, hour, hour, hour, false);
        var outcome = new Outcome(Outcome.Result.KEPT, Phrase.of("kept by anna"), Phrase.NONE);
        journal.append(
                KEPT,
                1,
                List.of(
                        new RunEvent.Planned(NOW, plan, policy, Duration.ZERO),
                        new RunEvent.SwitchBegan(NOW, List.of()),
                        new RunEvent.Asked(NOW, Phrase.of("unwell"), NOW.plus(hour)),
                        new RunEvent.Answered(NOW, "anna", RunEvent.Answer.KEEP, ""),
                        new RunEvent.Finished(NOW, outcome)),
                List.of(),
                null);
        rolledBack();
        events.add(new TargetEvent.Seen(NOW, "older", "r:0", "0", ""));
        events.addAll(List.of(since));
        journal.append(TARGET.name(), events);
        return journal;
    }

    private Optional<Phrase> afterKept(String running, TargetEvent... since) {
        return Warnings.of(kept(since), TARGET, Ledger.of(events), running, Optional.of("old"));
    }

    @Test
    void what_a_person_kept_is_no_going_forward() {
        assertThat(afterKept("older")).isEmpty();
    }

    @Test
    void neither_is_it_a_bad_one_that_runs_again() {
        events.add(new TargetEvent.Seen(NOW, "older", "r:0", "0", ""));
        events.add(new TargetEvent.MarkedBad(NOW, "older", Phrase.of("5xx"), "li"));
        assertThat(afterKept("older")).isEmpty();
    }

    @Test
    void what_came_after_it_is() {
        Instant later = NOW.plusSeconds(60);
        assertThat(afterKept("newer", new TargetEvent.Seen(later, "newer", "r:3", "3", "")))
                .isPresent();
    }

    @Test
    void the_kept_one_that_was_left_and_runs_again_is() {
        Instant later = NOW.plusSeconds(60);
        assertThat(
                        afterKept(
                                "older",
                                new TargetEvent.Seen(later, "newer", "r:3", "3", ""),
                                new TargetEvent.Seen(later, "older", "r:0", "0", "")))
                .isPresent();
    }
}
