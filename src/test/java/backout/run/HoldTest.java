package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.plan.Plan;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A run that is under way is held, let go on, taken back. */
class HoldTest {
    private static final Duration TEN = Duration.ofMinutes(10);

    private static Told paused(Told told) {
        return told.say(
                new HoldEvent.Paused(told.now(), "ben", told.now().plus(TEN), "dns", "slack"));
    }

    private static Told aborted(Told told) {
        return told.say(new HoldEvent.Aborted(told.now(), "ben", "it was dns", "slack"));
    }

    @Test
    void a_pause_keeps_an_approved_run_from_beginning_to_switch() {
        var told = new Told().planned().confirmed().prepared();
        told.checked(Moment.BASELINE, Finding.UNWELL, 2).voted(true);
        assertThat(told.next()).isInstanceOf(Next.BeginSwitch.class);
        assertThat(paused(told).next())
                .isInstanceOfSatisfying(
                        Next.Wait.class,
                        wait -> assertThat(wait.until()).isEqualTo(told.now().plus(TEN)));
        told.say(new HoldEvent.Resumed(told.now(), "anna", ""));
        assertThat(told.next()).isInstanceOf(Next.BeginSwitch.class);
    }

    @Test
    void a_pause_lets_no_further_step_begin_and_what_was_begun_is_finished() {
        var told = new Told().switching(Finding.UNWELL, 2).began(2, Leg.FORWARD);
        assertThat(paused(told).next()).isEqualTo(new Next.Perform(2, Leg.FORWARD));
        told.did(2, Leg.FORWARD);
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
    }

    @Test
    void a_pause_that_nobody_ends_goes_on_by_itself() {
        var told = paused(new Told().switching(Finding.UNWELL, 2).did(2, Leg.FORWARD));
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
        assertThat(told.pass(TEN).next()).isEqualTo(new Next.Perform(3, Leg.FORWARD));
    }

    @Test
    void what_is_switched_is_looked_at_although_it_is_paused() {
        var told = paused(new Told().switched(Finding.UNWELL, 2));
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.AFTER_SWITCH));
    }

    @Test
    void an_abort_takes_back_what_was_begun_and_ends_undone_without_a_bad_mark() {
        var told = aborted(new Told().switching(Finding.UNWELL, 2).did(2, Leg.FORWARD));
        assertThat(told.next())
                .isInstanceOfSatisfying(
                        Next.Undo.class,
                        undo -> {
                            assertThat(undo.by()).isEqualTo("ben");
                            assertThat(undo.why()).hasToString("aborted: it was dns");
                            told.say(new RunEvent.UndoDecided(told.now(), undo.by(), undo.why()));
                        });
        assertThat(told.next()).isEqualTo(new Next.Perform(2, Leg.UNDO));
        told.did(2, Leg.UNDO).checked(Moment.AFTER_UNDO, Finding.UNWELL, 2).settled();
        assertThat(told.outcome().result()).isEqualTo(Result.UNDONE);
        assertThat(told.outcome().next().toString())
                .contains("1.0 is not marked bad for it: somebody aborted it");
    }

    @Test
    void an_abort_finishes_the_step_that_was_cut_off_before_it_goes_back() {
        var told = aborted(new Told().switching(Finding.UNWELL, 2).began(2, Leg.FORWARD));
        assertThat(told.next()).isEqualTo(new Next.Perform(2, Leg.FORWARD));
        told.say(new RunEvent.StepDone(told.now(), 2, Leg.FORWARD, backout.language.Phrase.NONE));
        assertThat(told.next()).isInstanceOf(Next.Undo.class);
    }

    @Test
    void an_abort_is_heard_in_a_pause_at_a_question_and_in_the_soak() {
        assertThat(aborted(paused(new Told().switching(Finding.UNWELL, 2))).next())
                .isInstanceOf(Next.Undo.class);
        assertThat(aborted(new Told().asked(Finding.UNKNOWN)).next()).isInstanceOf(Next.Undo.class);
        assertThat(aborted(new Told().proven(TEN)).next()).isInstanceOf(Next.Undo.class);
    }

    @Test
    void an_abort_comes_too_late_when_every_target_was_read_for_the_last_time() {
        var told = aborted(new Told().proven(Duration.ZERO).settled());
        assertThat(told.outcome().result()).isEqualTo(Result.PROVEN);
    }

    @Test
    void what_is_irreversible_already_is_known() {
        var begun = new Told().switching(Finding.UNWELL, 2);
        Plan plan = begun.run().plan();
        assertThat(Hold.of(begun.run()).stays()).containsExactlyElementsOf(plan.willNotUndo());
    }
}
