package backout.run;

import backout.check.Caller;
import backout.check.Secret;
import backout.plan.Target;

import java.util.Optional;

/** Who sends the steps of suites, target by target. */
public interface Callers {
    /** From where the target is asked. */
    Caller of(Target target);

    /** A secret of the target by its name. */
    Optional<Secret> secret(Target target, String name);
}
