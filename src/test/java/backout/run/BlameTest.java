package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.run.Evidence.Finding;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An undo marks the release that failed, and never one that was not to blame. */
class BlameTest {
    private static final String HEALTH = "GET http://h/health [BODY].status == healthy";
    private static final String STATE = "container [STATE] == running";

    private static Evidence.Row row(String check, Finding finding) {
        return new Evidence.Row(
                check, Phrase.verbatim(finding.name()), Phrase.NONE, finding, true, "");
    }

    private static RunEvent.Checked checked(Told told, Moment moment, Evidence.Row... rows) {
        return checked(told, moment, List.of(), rows);
    }

    private static RunEvent.Checked checked(
            Told told, Moment moment, List<Phrase> outside, Evidence.Row... rows) {
        var evidence =
                new Evidence(Finding.UNWELL, List.of(rows), 3, List.of(), Duration.ZERO, outside);
        return RunEvent.Checked.watched(told.now(), moment, evidence, Optional.empty());
    }

    private static Blame blame(Told told, RunEvent.Checked after, RunEvent.Checked undone) {
        return new Blame(told.say(after).say(undone).run());
    }

    private static Told told() {
        return new Told().switched(Finding.WELL, 0);
    }

    @Test
    void what_is_well_again_without_it_was_its_fault() {
        var told = told();
        var blame =
                blame(
                        told,
                        checked(told, Moment.AFTER_SWITCH, row(HEALTH, Finding.UNWELL)),
                        checked(told, Moment.AFTER_UNDO, row(HEALTH, Finding.WELL)));
        assertThat(blame.excuse()).isEmpty();
        assertThat(blame.why())
                .hasToString("failed its checks in run 7F3KQ: " + HEALTH + " (seen: UNWELL)");
    }

    @Test
    void what_is_unwell_without_it_too_was_not() {
        var told = told();
        var blame =
                blame(
                        told,
                        checked(told, Moment.AFTER_SWITCH, row(HEALTH, Finding.UNWELL)),
                        checked(told, Moment.AFTER_UNDO, row(HEALTH, Finding.UNWELL)));
        assertThat(blame.excuse())
                .contains(Phrase.of("the same checks are unwell after the undo too"));
    }

    @Test
    void one_check_that_only_it_failed_is_enough() {
        var told = told();
        var blame =
                blame(
                        told,
                        checked(
                                told,
                                Moment.AFTER_SWITCH,
                                row(STATE, Finding.UNWELL),
                                row(HEALTH, Finding.UNWELL)),
                        checked(
                                told,
                                Moment.AFTER_UNDO,
                                row(STATE, Finding.WELL),
                                row(HEALTH, Finding.UNWELL)));
        assertThat(blame.excuse()).isEmpty();
    }

    @Test
    void which_release_runs_says_nothing_of_how_it_is() {
        var told = told();
        var blame =
                blame(
                        told,
                        checked(
                                told,
                                Moment.AFTER_SWITCH,
                                row(HEALTH, Finding.UNWELL),
                                row("GET http://h/health [BODY].version == 2", Finding.UNWELL)),
                        checked(told, Moment.AFTER_UNDO, row(HEALTH, Finding.UNWELL)));
        assertThat(blame.excuse()).isPresent();
    }

    @Test
    void a_dependency_that_was_down_excuses_it() {
        var told = told();
        var blame =
                blame(
                        told,
                        checked(
                                told,
                                Moment.AFTER_SWITCH,
                                List.of(Phrase.of("redis is exited")),
                                row(HEALTH, Finding.UNWELL)),
                        checked(told, Moment.AFTER_UNDO, row(HEALTH, Finding.WELL)));
        assertThat(blame.excuse()).contains(Phrase.of("redis is exited"));
    }

    @Test
    void a_step_that_did_not_work_is_not_the_releases_fault() {
        var told = new Told().switching(Finding.WELL, 0).failed(2, Leg.FORWARD);
        var blame =
                blame(
                        told,
                        checked(
                                told,
                                Moment.AFTER_SWITCH,
                                row("container [IMAGE] == good", Finding.UNWELL),
                                row(HEALTH, Finding.WELL)),
                        checked(told, Moment.AFTER_UNDO, row(HEALTH, Finding.WELL)));
        assertThat(blame.excuse())
                .contains(Phrase.of("it was a step that did not work, none of its checks failed"));
    }
}
