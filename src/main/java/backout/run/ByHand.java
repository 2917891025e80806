package backout.run;

import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.run.RunEvent.Leg;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a person types to undo the rest of a run when Backout cannot.
 *
 * @param actions the action of a step
 */
record ByHand(Run run, Function<Step, Action> actions) {
    /** The same problem; what to do next ends with the lines to type. */
    Problem after(Problem problem) {
        Phrase next =
                problem.next().isEmpty()
                        ? Phrase.of("by hand: {0}", lines())
                        : Phrase.of("{0}; then by hand: {1}", problem.next(), lines());
        return new Problem(problem.what(), problem.where(), next);
    }

    /** What is left to undo, in the plan's order: files before what is made from them. */
    private Phrase lines() {
        return Phrase.joined(
                " ; ",
                run.plan().undo().stream()
                        .sorted()
                        .filter(index -> run.track(index).began(Leg.FORWARD))
                        .filter(index -> !run.track(index).done(Leg.UNDO))
                        .flatMap(this::lines)
                        .toList());
    }

    private Stream<Phrase> lines(int index) {
        Step step = run.step(index);
        return actions.apply(step) instanceof Move move
                ? move.byHand(step, run.track(index).receipt()).stream()
                : Stream.empty();
    }
}
