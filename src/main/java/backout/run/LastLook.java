package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.problem.ProblemException;
import backout.run.RunEvent.Leg;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The last look of a run: every move of its plan is read once more before it ends. */
final class LastLook {
    private final Run run;
    private final Function<Step, Action> actions;
    private final Deadline by;
    private final List<Phrase> found = new ArrayList<>();
    private final List<Phrase> amiss = new ArrayList<>();

    /**
     * Looks at nothing yet.
     *
     * @param actions the action of a step
     */
    LastLook(Run run, Function<Step, Action> actions, Deadline by) {
        this.run = run;
        this.actions = actions;
        this.by = by;
    }

    /** Looks, and is dated when it has; called once. */
    RunEvent.Settled settled(InstantSource clock) {
        for (int index : run.plan().indexes(Phase.SWITCH)) {
            Step step = run.plan().steps().get(index);
            StepTrack track = run.track(index);
            if (actions.apply(step) instanceof Move move && track.began(Leg.FORWARD)) {
                var work = new Work(run.id() + "/" + index, by, track.receipt(), _ -> {});
                look(move, step, track, work);
            }
        }
        return new RunEvent.Settled(clock.instant(), found, amiss);
    }

    private void look(Move move, Step step, StepTrack track, Work work) {
        if (track.done(Leg.FORWARD) && !track.began(Leg.UNDO)) {
            found.add(Phrase.of("{0}: {1}", step.action(), forget(move, step, track, work)));
        }
        Present present = move.present(step, work);
        found.add(Phrase.of("{0}: {1}", step.action(), present.says()));
        String goal = track.done(Leg.UNDO) ? step.from() : step.to();
        if (!present.isAt(goal)) {
            amiss.add(
                    Phrase.of("{0} should be {1} but is {2}", step.action(), goal, present.says()));
        }
    }

    /**
     * What the way back kept is in the way of the next deploy; that it stays is told, but changes
     * no outcome.
     */
    private static Phrase forget(Move move, Step step, StepTrack track, Work work) {
        try {
            return move.forget(step, track.receipt(), work);
        } catch (ProblemException e) {
            return e.problem().phrase();
        }
    }
}
