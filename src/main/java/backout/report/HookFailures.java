package backout.report;

import backout.chat.Block.Line;
import backout.chat.Block.Mark;
import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.run.Run;
import backout.run.RunEvent.StepFailed;

import java.util.List;

/** The hooks that did not work once it was switched: they are told and change no verdict. */
final class HookFailures {
    private HookFailures() {}

    /** A sentence without its end for each. */
    static List<Phrase> of(Run run) {
        return run.hasBegunSwitch()
                ? run.events().stream()
                        .filter(StepFailed.class::isInstance)
                        .map(StepFailed.class::cast)
                        .filter(failed -> isLate(run.step(failed.step())))
                        .map(failed ->
                                Phrase.of(
                                        "{0}: {1}",
                                        run.step(failed.step()).says(), failed.problem().what()))
                        .toList()
                : List.of();
    }

    private static boolean isLate(Step step) {
        return Hooks.is(step) && step.phase() != Phase.BEFORE_SWITCH;
    }

    static List<Line> lines(Run run) {
        return of(run).stream().map(says -> new Line(Mark.WARNING, says, Phrase.NONE)).toList();
    }
}
