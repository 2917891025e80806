package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.RunEvent.Leg;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** The doing of one step in a {@link Turn}, until it is known what became of it. */
final class Attempt {
    /** How long a move is looked for again whose line was cut, and how often. */
    static final Duration CUT_PATIENCE = Duration.ofMinutes(5);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);

    private final Turn turn;
    private final Step step;
    private final int index;
    private final Leg leg;
    private final Action action;

    Attempt(Turn turn, Step step, int index, Leg leg) {
        this.turn = turn;
        this.step = step;
        this.index = index;
        this.leg = leg;
        this.action = turn.action(step);
    }

    /**
     * Does it and appends what became of it.
     *
     * @param again whether it was begun before
     */
    void go(boolean again) {
        try (var _ = MDC.putCloseable("step", (index + 1) + " " + step.action())) {
            turn.appendAnyway(outcome(again));
        }
    }

    private RunEvent outcome(boolean again) {
        try {
            return done(again);
        } catch (ProblemException e) {
            return e.isUnseen() && action instanceof Move ? whenSeen(e) : failed(e.problem());
        } catch (Journal.Overtaken overtaken) {
            throw overtaken;
        } catch (RuntimeException e) {
            log.error("run {} step {} {}: our own fault", turn.id(), index + 1, step.action(), e);
            return failed(ourFault(e));
        }
    }

    /**
     * A line that is cut is no failure of the move: when there is one again it is looked at as
     * after a crash, and goes on from what is there.
     */
    private RunEvent whenSeen(ProblemException cut) {
        Deadline patience = turn.patience(CUT_PATIENCE);
        ProblemException last = cut;
        while (!patience.passed() && turn.extend(action.within(step))) {
            try {
                return done(true);
            } catch (ProblemException e) {
                if (!e.isUnseen()) {
                    return failed(e.problem());
                }
                last = e;
                Phrase says = Phrase.of("{0}; it is looked at again", e.problem().what());
                work(track()).progress(says, OptionalInt.empty());
                turn.waitFor(LOOK_AGAIN);
            }
        }
        return failed(last.problem());
    }

    private StepTrack track() {
        return turn.read().track(index);
    }

    private Work work(StepTrack track) {
        return turn.work(index, track);
    }

    private RunEvent done(boolean again) {
        StepTrack track = track();
        Work work = work(track);
        Phrase note =
                switch (action) {
                    case Move move -> move(move, again, track, work);
                    case Task task -> perform(task, again, track, work);
                };
        return new RunEvent.StepDone(turn.now(), index, leg, note);
    }

    private Problem ourFault(RuntimeException e) {
        return new Problem(
                Phrase.of("Backout itself stumbled ({0})", e.getClass().getSimpleName()),
                step.action(),
                Phrase.of("the log has the details; look at the service before you go on"));
    }

    private Phrase move(Move move, boolean again, StepTrack track, Work work) {
        String goal = leg == Leg.UNDO ? step.from() : step.to();
        if ((again || leg == Leg.UNDO) && arrived(move.present(step, work), goal)) {
            return Phrase.of("was done already");
        }
        Phrase note =
                leg == Leg.UNDO ? move.back(step, track.receipt(), work) : move.move(step, work);
        // with what it kept meanwhile
        Present after = move.present(step, work(track()));
        if (after instanceof Present.Unknown unknown && unknown.isCut()) {
            throw unknown.stop();
        }
        if (!after.isAt(goal)) {
            throw Problem.stop(
                    Phrase.of("it should be at {0} now but is {1}", goal, after.says()),
                    step.action(),
                    Phrase.NONE);
        }
        return note;
    }

    private static boolean arrived(Present present, String goal) {
        if (present instanceof Present.Unknown unknown) {
            throw unknown.stop();
        }
        return present.isAt(goal);
    }

    private Phrase perform(Task task, boolean again, StepTrack track, Work work) {
        if (leg == Leg.CLEAN_UP) {
            task.cleanUp(step, track.receipt(), work);
            return Phrase.of("cleaned up");
        }
        return again && task.done(step, track.receipt())
                ? Phrase.of("was done already")
                : task.perform(step, work);
    }

    private RunEvent failed(Problem problem) {
        Phrase present =
                action instanceof Move move
                        ? move.present(step, work(track())).says()
                        : Phrase.NONE;
        boolean undo = leg == Leg.UNDO && action instanceof Move;
        List<Phrase> byHand = undo ? new ByHand(turn.read(), turn::action).lines() : List.of();
        return new RunEvent.StepFailed(turn.now(), index, leg, problem, present, byHand);
    }
}
