package backout.run;

import backout.language.Phrase;
import backout.plan.Hooks;
import backout.plan.Part;
import backout.plan.Step;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs a hook of a target, at most once: nobody knows whether doing it again is harmless. */
record HookTask(Hands hands, Function<TargetName, Target> targets, Supplier<Run> run)
        implements Task {
    @Override
    public Duration within(Step step) {
        return Hooks.within(step);
    }

    /** Asked where it was begun and nobody knows how it ended. */
    @Override
    public boolean done(Step step, Optional<Receipt> receipt) {
        throw Problem.stop(
                Phrase.of("it was interrupted, and nobody knows whether it ran"),
                Hooks.typed(Hooks.arguments(step)),
                Phrase.of("look what it did; it is not run again"));
    }

    @Override
    public Phrase perform(Step step, Work work) {
        return hands.run(
                targets.apply(step.target()), Hooks.arguments(step), facts(step), within(step));
    }

    @Override
    public void cleanUp(Step step, Optional<Receipt> receipt, Work work) {}

    /** Names and identities only; what people typed would be words of a chat on a host. */
    private Map<String, String> facts(Step step) {
        Run now = run.get();
        Part part =
                now.plan().parts().stream()
                        .filter(one -> one.target().equals(step.target()))
                        .findFirst()
                        .orElseThrow();
        return Map.of(
                "BACKOUT_RUN", now.id().text(),
                "BACKOUT_TARGET", step.target().toString(),
                "BACKOUT_HOOK", Hooks.key(step.phase()),
                "BACKOUT_FROM", part.from().name(),
                "BACKOUT_FROM_ID", part.from().identity(),
                "BACKOUT_TO", part.to().name(),
                "BACKOUT_TO_ID", part.to().identity(),
                "BACKOUT_REQUESTER", now.requester(),
                "BACKOUT_OUTCOME", Hooks.outcome(step.phase()));
    }
}
