package backout.run;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Step.Phase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.RunEvent.Leg;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The last moment before the switch: whether all that it stands on still holds, then a hook, and
 * again, until none is left; then the switch begins.
 */
record Departure(Turn turn, Site site, Journal journal, InstantSource clock) {
    /**
     * Goes one step towards the switch and journals it.
     *
     * @param by whose votes were enough
     */
    void begin(Run run, List<String> by) {
        var electorate = new Electorate(site);
        Optional<Problem> refused =
                electorate
                        .refuses(run)
                        .or(() -> new Kindred(site, journal).atWork(run))
                        .or(() -> new Unguarded(site, journal).holds(run, clock.instant()));
        List<String> lapsed = electorate.lapsed(run, by);
        if (refused.isPresent()) {
            turn.append(run, new RunEvent.PlanFailed(clock.instant(), refused.get()));
        } else if (!lapsed.isEmpty()) {
            turn.append(run, new RunEvent.VotesLapsed(clock.instant(), lapsed));
        } else {
            look(run, by);
        }
    }

    private void look(Run run, List<String> by) {
        try {
            List<Phrase> reasons = turn.changed(run.plan(), Runner.PLAN_WITHIN);
            if (!reasons.isEmpty()) {
                turn.append(run, new RunEvent.PlanChanged(clock.instant(), reasons));
                return;
            }
        } catch (ProblemException e) {
            turn.append(run, new RunEvent.PlanFailed(clock.instant(), e.problem()));
            return;
        }
        hook(run).ifPresentOrElse(step -> perform(run, step), () -> depart(run, by));
    }

    private static Optional<Integer> hook(Run run) {
        return run.plan().indexes(Phase.BEFORE_SWITCH).stream()
                .filter(step -> !run.track(step).done(Leg.FORWARD))
                .findFirst();
    }

    /** Under a lease as long as the hook may take; without one somebody else goes on. */
    private void perform(Run run, int step) {
        if (turn.extend(turn.action(run.step(step)).within(run.step(step)))) {
            turn.perform(run, step, Leg.FORWARD);
        }
    }

    private void depart(Run run, List<String> by) {
        turn.append(run, new RunEvent.SwitchBegan(clock.instant(), by));
        turn.proof().watch(run);
    }
}
