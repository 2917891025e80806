package backout.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import backout.approval.EscalationStep;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.language.Phrase;
import backout.language.Phrases;
import backout.problem.Problem;
import backout.run.Evidence.Finding;
import backout.run.Outcome.Result;
import backout.run.RunEvent.Answer;
import backout.run.RunEvent.Leg;
import backout.run.RunEvent.Moment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a run needs next where an instant, a repeated word or another plan makes the difference. */
class NextTest {
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration SOAK = Duration.ofSeconds(25);
    private static final Problem TROUBLE =
            Problem.of(Phrase.of("the disk is full"), Phrase.of("make room"));

    private static final List<Phrase> EDITED = Phrases.of("the files were edited");

    private final Told told = new Told();

    @Test
    void a_confirmation_counts_until_its_time_is_over_and_not_at_that_moment() {
        told.planned().pass(TEN_MINUTES.minus(INSTANT)).confirmed();
        assertThat(told.run().isConfirmed()).isTrue();

        var late = new Told().planned().pass(TEN_MINUTES).confirmed();
        assertThat(late.run().isConfirmed()).isFalse();
        assertThat(late.outcome())
                .isEqualTo(
                        new Outcome(
                                Result.NOT_APPROVED,
                                Phrase.of(
                                        "Not done: {0}. Nothing was changed.",
                                        Phrase.of("{0} did not confirm in time", "anna")),
                                Phrase.NONE));
    }

    @Test
    void a_plan_waits_for_its_confirmation_until_exactly_its_time() {
        told.planned();
        var until = told.now().plus(TEN_MINUTES);
        assertThat(told.next())
                .isEqualTo(new Next.Wait(until, Phrase.of("confirmation by {0}", "anna")));
        told.pass(TEN_MINUTES.minus(INSTANT));
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
        told.pass(INSTANT);
        assertThat(told.outcome().result()).isEqualTo(Result.NOT_APPROVED);
    }

    @Test
    void a_confirmation_of_another_plan_or_of_none_yet_confirms_nothing() {
        told.say(new RunEvent.Confirmed(told.now(), "anna", told.hash())).planned();
        assertThat(told.run().isConfirmed()).isFalse();
        told.say(new RunEvent.Confirmed(told.now(), "anna", "0a1b2c3d4e5f"));
        assertThat(told.run().isConfirmed()).isFalse();
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
    }

    @Test
    void the_time_of_the_voters_runs_from_the_first_confirmation() {
        told.planned().confirmed();
        var first = told.now();
        told.pass(Duration.ofMinutes(3)).confirmed();
        assertThat(told.run().confirmedAt()).contains(first);
        told.prepared().checked(Moment.BASELINE, Finding.UNWELL, 2);
        assertThat(told.next())
                .isEqualTo(
                        new Next.Wait(
                                first.plus(TEN_MINUTES), Phrase.count(1, "{0} vote", "{0} votes")));
    }

    @Test
    void a_call_that_is_due_before_does_not_shorten_the_time_that_people_are_told() {
        var policy =
                new Policy(
                        "some",
                        1,
                        1,
                        TEN_MINUTES,
                        TEN_MINUTES,
                        TEN_MINUTES,
                        false,
                        List.of(new EscalationStep(2, Duration.ofMinutes(5))),
                        null,
                        List.of(),
                        "");
        told.planned(policy, Map.of()).confirmed().prepared();
        var now = told.now();
        told.checked(Moment.BASELINE, Finding.UNWELL, 2);
        var until = told.run().confirmedAt().orElseThrow().plus(TEN_MINUTES);
        assertThat(told.next())
                .isEqualTo(new Next.Wait(until, Phrase.count(1, "{0} vote", "{0} votes")));
        assertThat(Calls.wake(told.run(), until, now))
                .isEqualTo(told.run().request().at().plus(Duration.ofMinutes(5)));
    }

    @Test
    void preparations_are_done_one_after_another_and_only_those_that_are_missing() {
        told.planned().confirmed();
        assertThat(told.next()).isEqualTo(new Next.Perform(0, Leg.FORWARD));
        told.did(0, Leg.FORWARD);
        assertThat(told.next()).isEqualTo(new Next.Perform(1, Leg.FORWARD));
        told.did(1, Leg.FORWARD);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.BASELINE));
    }

    @Test
    void a_baseline_of_five_minutes_is_good_enough_and_an_older_one_is_read_again() {
        told.planned().confirmed().prepared().checked(Moment.BASELINE, Finding.UNWELL, 2);
        told.pass(Duration.ofMinutes(5)).voted(true);
        assertThat(told.next()).isEqualTo(new Next.BeginSwitch(List.of("ben")));
        told.pass(INSTANT);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.BASELINE));
    }

    @Test
    void a_denial_says_who_and_why_and_takes_the_preparations_back_first() {
        told.planned().confirmed().did(0, Leg.FORWARD);
        told.say(
                new RunEvent.Voted(
                        told.now(),
                        new Vote(told.now(), "ben", 2, false, told.hash(), "not today")));
        assertThat(told.next()).isEqualTo(new Next.Perform(0, Leg.CLEAN_UP));
        told.did(0, Leg.CLEAN_UP);
        assertThat(told.outcome().says())
                .hasToString("Not done: denied by ben: not today. Nothing was changed.");
    }

    @Test
    void a_cleaning_up_that_fails_is_not_tried_for_ever() {
        told.planned().confirmed().did(0, Leg.FORWARD).began(1, Leg.FORWARD).voted(false);
        told.failed(0, Leg.CLEAN_UP);
        assertThat(told.next()).isEqualTo(new Next.Perform(1, Leg.CLEAN_UP));
        told.failed(1, Leg.CLEAN_UP);
        assertThat(told.outcome().says())
                .hasToString("Not done: denied by ben. Nothing was changed.");
    }

    @Test
    void a_preparation_that_fails_ends_it_with_its_problem() {
        told.planned().confirmed().failed(0, Leg.FORWARD).did(0, Leg.CLEAN_UP);
        assertThat(told.outcome())
                .isEqualTo(
                        new Outcome(
                                Result.NOTHING_CHANGED,
                                Phrase.of(
                                        "Stopped before anything was changed: {0}", TROUBLE.what()),
                                TROUBLE.next()));
    }

    @Test
    void where_nobody_can_tell_if_the_plan_still_holds_nothing_is_begun() {
        told.planned().confirmed().prepared().checked(Moment.BASELINE, Finding.UNWELL, 2);
        told.voted(true).say(new RunEvent.PlanFailed(told.now(), TROUBLE));
        assertThat(told.next()).isEqualTo(new Next.Perform(0, Leg.CLEAN_UP));
        told.did(0, Leg.CLEAN_UP).did(1, Leg.CLEAN_UP);
        assertThat(told.outcome().result()).isEqualTo(Result.NOTHING_CHANGED);
        assertThat(told.outcome().says())
                .hasToString("Stopped before anything was changed: the disk is full");
    }

    @Test
    void who_cancels_before_the_switch_is_named() {
        assertThat(told.run().cancelled()).isEmpty();
        told.say(new RunEvent.Cancelled(told.now(), "anna", ""));
        assertThat(told.run().cancelled()).isPresent();
        assertThat(told.outcome().says())
                .hasToString("Not done: cancelled by anna. Nothing was changed.");
        told.planned();
        assertThat(told.outcome().says())
                .hasToString("Not done: cancelled by anna. Nothing was changed.");
    }

    @Test
    void why_it_was_cancelled_is_told_to_all() {
        told.say(new RunEvent.Cancelled(told.now(), "anna", "just looking"));
        assertThat(told.outcome().says())
                .hasToString("Not done: cancelled by anna: just looking. Nothing was changed.");
    }

    @Test
    void where_no_plan_can_be_made_its_problem_is_the_end() {
        told.say(new RunEvent.PlanFailed(told.now(), TROUBLE));
        assertThat(told.outcome())
                .isEqualTo(
                        new Outcome(
                                Result.NOTHING_CHANGED,
                                Phrase.of("There is no safe plan: {0}", TROUBLE.what()),
                                TROUBLE.next()));
        assertThat(told.run().planProblem()).contains(TROUBLE);
    }

    @Test
    void votes_for_a_plan_that_was_given_up_do_not_count_for_the_next() {
        told.planned().confirmed().did(0, Leg.FORWARD).voted(true);
        assertThat(told.run().votes()).hasSize(1);
        told.say(new RunEvent.PlanChanged(told.now(), EDITED));
        assertThat(told.run().votes()).isEmpty();
        assertThat(told.run().planned()).isEmpty();
        assertThat(told.run().planChanges()).containsExactlyElementsOf(EDITED);
        assertThat(told.next()).isEqualTo(new Next.Perform(0, Leg.CLEAN_UP));
        assertThat(told.run().step(0).need("edition")).isEqualTo("0");
        told.did(0, Leg.CLEAN_UP);
        assertThat(told.next()).isEqualTo(new Next.MakePlan());
        told.edited().planned();
        assertThat(told.run().isConfirmed()).isFalse();
        assertThat(told.run().votes()).isEmpty();
        assertThat(told.run().step(0).need("edition")).isEqualTo("1");
        told.confirmed();
        assertThat(told.next()).isEqualTo(new Next.Perform(0, Leg.FORWARD));
    }

    @Test
    void what_was_measured_for_a_plan_that_was_given_up_is_measured_again() {
        told.planned().confirmed().prepared().checked(Moment.BASELINE, Finding.UNWELL, 2);
        told.say(new RunEvent.PlanChanged(told.now(), EDITED));
        told.did(0, Leg.CLEAN_UP).did(1, Leg.CLEAN_UP).planned().confirmed().prepared();
        told.voted(true);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.BASELINE));
    }

    @Test
    void a_run_without_a_plan_has_no_steps() {
        assertThatThrownBy(() -> told.run().step(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("7F3KQ");
        assertThatThrownBy(() -> Run.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        var headless = Run.of(List.of(new RunEvent.PlanFailed(told.now(), TROUBLE)));
        assertThatThrownBy(headless::requester).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_switch_step_that_fails_stops_the_rest_and_is_named_by_its_number() {
        told.switching(Finding.WELL, 0).failed(2, Leg.FORWARD);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.AFTER_SWITCH));
        told.checked(Moment.AFTER_SWITCH, Finding.UNWELL, 1);
        assertThat(told.next())
                .asInstanceOf(type(Next.Undo.class))
                .satisfies(undo -> {
                    assertThat(undo.by()).isEqualTo("backout");
                    assertThat(undo.why())
                            .hasToString(
                                    "step 3 did not work: the disk is full; that is worse than"
                                            + " before");
                });
    }

    @Test
    void a_failed_switch_that_looks_well_is_still_not_proven() {
        told.switching(Finding.WELL, 0).failed(2, Leg.FORWARD);
        told.checked(Moment.AFTER_SWITCH, Finding.WELL, 0);
        assertThat(told.next()).isInstanceOf(Next.Ask.class);
    }

    @Test
    void only_what_is_clearly_worse_than_before_is_undone_without_asking() {
        told.switched(Finding.UNWELL, 2).checked(Moment.AFTER_SWITCH, Finding.UNWELL, 3);
        assertThat(told.next()).isInstanceOf(Next.Undo.class);
        var same = new Told().switched(Finding.UNWELL, 2);
        assertThat(same.checked(Moment.AFTER_SWITCH, Finding.UNWELL, 2).next())
                .isInstanceOf(Next.Ask.class);
        var nobodyKnew = new Told().switched(Finding.UNKNOWN, -1);
        assertThat(nobodyKnew.checked(Moment.AFTER_SWITCH, Finding.UNWELL, 3).next())
                .isInstanceOf(Next.Ask.class);
        var nobodyKnows = new Told().switched(Finding.WELL, 0);
        assertThat(nobodyKnows.checked(Moment.AFTER_SWITCH, Finding.UNKNOWN, 3).next())
                .isInstanceOf(Next.Ask.class);
    }

    @Test
    void the_first_answer_in_time_stands() {
        var until = told.asked(Finding.UNWELL).now().plus(TEN_MINUTES);
        assertThat(told.next())
                .isEqualTo(new Next.Wait(until, Phrase.of("an answer: undo or keep")));
        told.pass(TEN_MINUTES.minus(INSTANT)).answered("ben", Answer.KEEP);
        told.answered("carol", Answer.UNDO).settled();
        assertThat(told.run().question()).isEmpty();
        assertThat(told.outcome().result()).isEqualTo(Result.KEPT);
        assertThat(told.outcome().says())
                .hasToString("Left as it is, kept by ben: well (seen: UNWELL)");
    }

    @Test
    void who_answers_undo_is_who_undoes() {
        told.asked(Finding.UNWELL).answered("ben", Answer.UNDO);
        assertThat(told.next())
                .asInstanceOf(type(Next.Undo.class))
                .satisfies(undo -> assertThat(undo.by()).isEqualTo("ben"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Finding.class,
            names = {"UNWELL", "UNKNOWN"})
    void an_answer_at_the_end_of_the_time_is_too_late_and_it_is_left_as_it_is(Finding finding) {
        told.asked(finding);
        assertThat(told.run().question()).isPresent();
        told.pass(TEN_MINUTES).answered("ben", Answer.UNDO);
        assertThat(told.next()).isEqualTo(new Next.Settle());
        told.settled();
        assertThat(told.outcome().says())
                .hasToString(
                        "Nobody answered, so it was left as it is: well (seen: " + finding + ")");
        assertThat(told.outcome().result())
                .isEqualTo(finding == Finding.UNWELL ? Result.KEPT : Result.UNKNOWN);
    }

    @Test
    void an_answer_to_a_question_that_was_not_asked_yet_is_none() {
        told.switched(Finding.UNWELL, 2)
                .answered("ben", Answer.UNDO)
                .unwellAndAsked(Finding.UNWELL);
        assertThat(told.run().question()).isPresent();
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
    }

    @Test
    void a_question_ends_with_its_run() {
        told.asked(Finding.UNWELL).pass(TEN_MINUTES).settled();
        told.say(new RunEvent.Finished(told.now(), told.outcome()));
        assertThat(told.run().question()).isEmpty();
        assertThat(told.next()).isEqualTo(new Next.Nothing());
    }

    @Test
    void without_a_soak_what_is_proven_is_over() {
        told.proven(Duration.ZERO);
        assertThat(told.next()).isEqualTo(new Next.Settle());
        assertThat(told.settled().outcome().says()).hasToString("Rolled back to 1.0 and proven.");
    }

    @Test
    void a_soak_is_over_when_the_checks_are_well_at_its_end_or_later() {
        told.proven(SOAK);
        var end = told.now().plus(SOAK);
        told.pass(SOAK.minus(INSTANT));
        assertThat(told.next()).isEqualTo(new Next.Soak(end));
        told.checked(Moment.SOAK, Finding.WELL, 0).pass(INSTANT);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.SOAK));
        told.checked(Moment.SOAK, Finding.WELL, 0);
        assertThat(told.next()).isEqualTo(new Next.Settle());
        assertThat(told.settled().outcome().says())
                .hasToString("Rolled back to 1.0 and proven; it held through the soak.");
    }

    @Test
    void a_soak_at_whose_end_nobody_could_look_is_unknown() {
        told.proven(SOAK).pass(SOAK).checked(Moment.SOAK, Finding.UNKNOWN, -1).settled();
        assertThat(told.outcome().result()).isEqualTo(Result.UNKNOWN);
        assertThat(told.outcome().says().toString()).endsWith("well (seen: UNKNOWN)");
    }

    @Test
    void cancelling_ends_a_soak_early_but_hides_nothing() {
        told.proven(SOAK).say(new RunEvent.Cancelled(told.now(), "anna", ""));
        assertThat(told.next()).isEqualTo(new Next.Settle());
        told.checked(Moment.SOAK, Finding.UNWELL, 3);
        assertThat(told.next())
                .asInstanceOf(type(Next.Undo.class))
                .satisfies(undo ->
                        assertThat(undo.why())
                                .hasToString(
                                        "in the soak, well (seen: UNWELL); that is worse than"
                                                + " before"));
    }

    @Test
    void an_undo_takes_back_what_was_begun_in_the_order_of_the_plan() {
        assertThat(told.run().isUndoing()).isFalse();
        told.undoing();
        assertThat(told.run().isUndoing()).isTrue();
        assertThat(told.next()).isEqualTo(new Next.Perform(3, Leg.UNDO));
        told.did(3, Leg.UNDO);
        assertThat(told.next()).isEqualTo(new Next.Perform(2, Leg.UNDO));
        told.did(2, Leg.UNDO);
        assertThat(told.next()).isEqualTo(new Next.Check(Moment.AFTER_UNDO));
        told.checked(Moment.AFTER_UNDO, Finding.UNWELL, 2);
        assertThat(told.next()).isEqualTo(new Next.Settle());
        assertThat(told.settled().outcome().says())
                .hasToString("The rollback was undone, 2.0 runs again: it is worse");
    }

    @Test
    void a_step_that_was_never_begun_is_not_taken_back() {
        told.switching(Finding.WELL, 0).failed(2, Leg.FORWARD);
        told.say(new RunEvent.UndoDecided(told.now(), "backout", Phrase.of("it is worse")));
        assertThat(told.next()).isEqualTo(new Next.Perform(2, Leg.UNDO));
    }

    @Test
    void an_undo_that_fails_stops_there_and_names_the_step_by_its_number() {
        told.undoing().failed(3, Leg.UNDO);
        assertThat(told.next()).isEqualTo(new Next.Settle());
        assertThat(told.settled().outcome())
                .isEqualTo(
                        new Outcome(
                                Result.UNDO_FAILED,
                                Phrase.of(
                                        "The undo did not work at step {0}: {1}",
                                        4, TROUBLE.what()),
                                TROUBLE.next()));
    }

    @Test
    void what_the_last_look_found_outweighs_what_was_believed() {
        var amiss = "sim.box should be good but is bad";
        told.proven(Duration.ZERO).settled(amiss, "sim.file is gone");
        assertThat(told.outcome().result()).isEqualTo(Result.UNKNOWN);
        assertThat(told.outcome().says().toString()).endsWith(amiss + "; sim.file is gone");
        var undone = new Told().undoing().did(3, Leg.UNDO).did(2, Leg.UNDO);
        undone.checked(Moment.AFTER_UNDO, Finding.UNWELL, 2).settled(amiss);
        assertThat(undone.outcome().result()).isEqualTo(Result.UNKNOWN);
        var failed = new Told().undoing().failed(3, Leg.UNDO).settled(amiss);
        assertThat(failed.outcome().result()).isEqualTo(Result.UNDO_FAILED);
    }

    @Test
    void a_run_that_a_newer_backout_wrote_to_is_left_alone_at_any_time() {
        told.proven(SOAK).say(new RunEvent.Unreadable(told.now(), 7, "soak-extended"));
        assertThat(told.next())
                .asInstanceOf(type(Next.Halt.class))
                .satisfies(halt ->
                        assertThat(halt.why().toString()).contains("soak-extended").contains("7"));
    }
}
