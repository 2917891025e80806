package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.approval.Escalation.Due;
import backout.approval.EscalationStep;
import backout.approval.Policy;
import backout.language.Phrase;
import backout.run.ProposalEvent.Pause;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a proposal waits for while levels are called: L1 at once, L2 after five minutes. */
class OfferTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Map<Integer, List<String>> ON_CALL =
            Map.of(1, List.of("anna"), 2, List.of("ben"));
    private static final Policy POLICY =
            new Policy(
                    "some",
                    1,
                    1,
                    HOUR,
                    HOUR,
                    HOUR,
                    false,
                    List.of(
                            new EscalationStep(1, Duration.ZERO),
                            new EscalationStep(2, minutes(5))),
                    null,
                    List.of("eve"),
                    "two");

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    private static Told offered(@Nullable Duration countdown) {
        return Told.proposed(countdown).planned(POLICY, ON_CALL);
    }

    /** Nobody has taken it up, L1 was called at once. */
    private static Told called(@Nullable Duration countdown) {
        var told = offered(countdown);
        return told.say(new CallEvent.Paged(told.now(), 1, List.of("anna")));
    }

    private static Told held(Told told, Pause why) {
        Duration time = why == Pause.FIX ? Offer.FIX : Offer.SNOOZE;
        return told.say(
                new ProposalEvent.Held(told.now(), "anna", why, told.now().plus(time), "slack"));
    }

    private static Told takenUp(Told told, String by) {
        return told.say(new ProposalEvent.TakenUp(told.now(), by, ""))
                .say(new RunEvent.Confirmed(told.now(), by, told.hash()));
    }

    private static void assertCalls(Told told, int level) {
        assertThat(told.next()).isEqualTo(new Next.Call(new Due.Call(level)));
    }

    @Test
    void levels_are_called_from_the_moment_of_the_proposal_on() {
        assertCalls(offered(null), 1);
        var told = called(null);
        assertThat(told.next())
                .isEqualTo(
                        new Next.Wait(
                                told.now().plus(Offer.EXPIRES),
                                Phrase.of("somebody to take it up")));
        assertThat(Calls.wake(told.run(), told.now().plus(HOUR), told.now()))
                .isEqualTo(told.now().plus(minutes(5)));
        assertCalls(told.pass(minutes(5)), 2);
    }

    @Test
    void nobody_is_called_while_a_fix_is_tried_and_the_clock_goes_on_after_it() {
        var told = held(called(null).pass(minutes(2)), Pause.FIX);
        assertThat(told.pass(minutes(4)).next()).isInstanceOf(Next.Wait.class);
        assertThat(told.pass(minutes(3)).next()).isInstanceOf(Next.Wait.class);
        assertCalls(told.pass(minutes(1)), 2);
    }

    @Test
    void a_later_pause_takes_the_place_of_the_one_before_in_the_clock_too() {
        var told = held(called(null).pass(minutes(2)), Pause.SNOOZE);
        held(told.pass(minutes(10)), Pause.FIX);
        assertThat(told.pass(minutes(7)).next()).isInstanceOf(Next.Wait.class);
        assertCalls(told.pass(minutes(1)), 2);
    }

    @Test
    void while_a_countdown_runs_people_are_called_and_then_it_begins() {
        assertCalls(offered(minutes(1)), 1);
        var told = called(minutes(1));
        assertThat(told.next()).isInstanceOf(Next.Wait.class);
        assertThat(told.pass(minutes(1)).next()).isEqualTo(new Next.TakeUp());
    }

    @Test
    void who_takes_it_up_does_not_stop_the_clock_and_nobody_is_called_twice() {
        var told = takenUp(called(null).pass(minutes(1)), "anna");
        assertThat(told.next()).isNotInstanceOf(Next.Call.class);
        assertCalls(told.pass(minutes(4)), 2);
    }

    @Test
    void who_takes_it_up_ends_the_pause() {
        var told = takenUp(held(called(null).pass(minutes(1)), Pause.SNOOZE), "ben");
        assertCalls(told.pass(minutes(4)), 2);
    }

    @Test
    void what_ended_calls_nobody() {
        var told = called(null);
        told.say(new ProposalEvent.Obsolete(told.now(), Phrase.of("well again")));
        assertThat(told.pass(minutes(5)).next()).isInstanceOf(Next.Finish.class);
    }

    @Test
    void what_begins_by_itself_needs_no_votes_and_keeps_all_else_of_its_policy() {
        RunEvent.Planned planned =
                takenUp(called(minutes(1)).pass(minutes(1)), Proposal.NOBODY)
                        .run()
                        .planned()
                        .orElseThrow();
        assertThat(planned.onCall()).isEqualTo(ON_CALL);
        assertThat(planned.policy())
                .usingRecursiveComparison()
                .ignoringFields("votes")
                .isEqualTo(POLICY);
        assertThat(planned.policy().votes()).isZero();
    }

    @Test
    void left_to_people_after_its_plan_changed_it_needs_their_votes_again() {
        var told = takenUp(called(minutes(1)).pass(minutes(1)), Proposal.NOBODY);
        told.say(new RunEvent.PlanChanged(told.now(), List.of(Phrase.of("the tag moved"))));
        assertThat(told.run().former().orElseThrow().policy()).isEqualTo(POLICY);
    }
}
