package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Evidence.Finding;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a run means for the targets that it moves besides its own. */
class KindredTest {
    private static final TargetName WEB = new TargetName("sim", "web");
    private static final Plan.Along ALONG =
            new Plan.Along(
                    WEB,
                    new Plan.Shown("web-bad", "2.0", Phrase.NONE),
                    new Plan.Shown("web-good", "1.0", Phrase.NONE));

    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(new HandClock()));

    private void journalled(Run run) {
        journal.begin(run.request());
        List<RunEvent> more = run.events().subList(1, run.events().size());
        journal.append(run.id(), 1, more, List.of(), null);
    }

    @Test
    void a_proven_run_marks_and_locks_all_that_it_moved() {
        var told = new Told().moving(ALONG).proven(Duration.ZERO);
        RunEvent proven = told.run().events().getLast();
        var about = Consequences.of(told.run(), List.of(proven));
        assertThat(about.keySet()).containsExactly(World.NAME, WEB);
        assertThat(about.get(WEB))
                .satisfiesExactly(
                        cleared ->
                                assertThat(cleared)
                                        .isInstanceOf(TargetEvent.Cleared.class)
                                        .hasFieldOrPropertyWithValue("id", "web-good"),
                        bad ->
                                assertThat(bad)
                                        .isInstanceOf(TargetEvent.MarkedBad.class)
                                        .hasFieldOrPropertyWithValue("id", "web-bad"),
                        locked -> assertThat(locked).isInstanceOf(TargetEvent.Locked.class));
    }

    @Test
    void a_run_that_ends_proven_makes_its_release_good_and_says_so() {
        var told = new Told().moving(ALONG).proven(Duration.ZERO).settled();
        var end = new RunEvent.Finished(told.now(), told.outcome());
        var about = Consequences.of(told.run(), List.of(end));
        assertThat(about.keySet()).containsExactly(World.NAME);
        assertThat(about.get(World.NAME))
                .singleElement()
                .isEqualTo(new TargetEvent.FoundGood(told.now(), "good", "", List.of(), "7F3KQ"));
    }

    @Test
    void while_a_run_switches_no_other_may_move_the_same() {
        var kindred = new Kindred(World.site(Scenario.all().getFirst()), journal);
        Run web = new Told(new RunId("8G4MR")).moving(ALONG).planned().run();
        assertThat(kindred.atWork(web)).isEmpty();
        journalled(new Told().switching(Finding.WELL, 0).run());
        assertThat(kindred.atWork(web))
                .map(problem -> problem.what().toString())
                .contains("run 7F3KQ of sim/relay is at work, and both are moved together");
    }

    @Test
    void one_that_waits_keeps_nobody() {
        journalled(new Told().planned().run());
        Run web = new Told(new RunId("8G4MR")).moving(ALONG).planned().run();
        assertThat(new Kindred(World.site(Scenario.all().getFirst()), journal).atWork(web))
                .isEmpty();
    }

    @Test
    void what_was_left_is_not_bad_where_a_dependency_was_down() {
        var told = new Told().switched(Finding.UNWELL, 2);
        var evidence =
                new Evidence(
                        Finding.UNWELL,
                        List.of(),
                        2,
                        List.of(),
                        Duration.ZERO,
                        List.of(Phrase.of("redis is exited")));
        told.say(
                RunEvent.Checked.watched(
                        told.now(), RunEvent.Moment.BASELINE, evidence, Optional.empty()));
        var proven = new RunEvent.Proven(told.now(), told.now());
        assertThat(Consequences.of(told.run(), List.of(proven)).get(World.NAME))
                .noneMatch(TargetEvent.MarkedBad.class::isInstance)
                .anyMatch(TargetEvent.Locked.class::isInstance);
        told.checked(RunEvent.Moment.AFTER_SWITCH, Finding.WELL, 0).say(proven).settled();
        assertThat(told.outcome().next().toString())
                .contains("2.0 is not marked bad: redis is exited");
    }
}
