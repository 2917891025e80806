package backout.run;

import backout.check.Caller;
import backout.check.Secret;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The executors of this process, by the kind of their targets.
 *
 * @param hands run the hooks of targets of every kind
 * @param callers send the steps of their suites
 */
public record Executors(
        Map<String, Executor> byKind,
        InstantSource clock,
        Pause pause,
        Hands hands,
        Callers callers) {
    private static final Hands NONE =
            (target, _, _, _) -> {
                throw Problem.stop(
                        Phrase.of("hooks of {0} cannot be run here", target.name()),
                        Phrase.of("take them out of its hooks, or run the bot on its host"));
            };

    private static final Callers NO_CALLERS =
            new Callers() {
                @Override
                public Caller of(Target target) {
                    throw new IllegalStateException("nobody here sends suites of " + target.name());
                }

                @Override
                public Optional<Secret> secret(Target target, String name) {
                    return Optional.empty();
                }
            };

    public Executors {
        byKind = Map.copyOf(byKind);
    }

    public Executors(Map<String, Executor> byKind, InstantSource clock) {
        this(byKind, clock, Thread::sleep);
    }

    public Executors(Map<String, Executor> byKind, InstantSource clock, Pause pause) {
        this(byKind, clock, pause, NONE);
    }

    public Executors(Map<String, Executor> byKind, InstantSource clock, Pause pause, Hands hands) {
        this(byKind, clock, pause, hands, NO_CALLERS);
    }

    /** The one of a target of the site. */
    public Executor of(Target target) {
        return find(target.name())
                .orElseThrow(() ->
                        new IllegalStateException("loading refuses a target without an executor"));
    }

    /** The one of a target that may have been of the site once. */
    public Optional<Executor> find(TargetName target) {
        return Optional.ofNullable(byKind.get(target.kind()));
    }

    /** How a target of the site is proven. */
    public Proof proof(Target target) {
        return of(target).proof(target, clock, pause);
    }
}
