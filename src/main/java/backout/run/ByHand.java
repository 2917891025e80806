package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.run.RunEvent.Leg;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a person types to undo the rest of a run when Backout cannot.
 *
 * @param actions the action of a step
 */
record ByHand(Run run, Function<Step, Action> actions) {
    /**
     * What is left to undo, in the plan's order: files before what is made from them. All of it is
     * for a shell, where a sentence is a comment.
     */
    List<Phrase> lines() {
        return run.plan().undo().stream()
                .sorted()
                .filter(index -> run.track(index).began(Leg.FORWARD))
                .filter(index -> !run.track(index).done(Leg.UNDO))
                .flatMap(this::lines)
                .map(line -> line.isVerbatim() ? line : Phrase.of("# {0}", line))
                .toList();
    }

    private Stream<Phrase> lines(int index) {
        Step step = run.step(index);
        return actions.apply(step) instanceof Move move
                ? move.byHand(step, run.track(index).receipt()).stream()
                : Stream.empty();
    }
}
