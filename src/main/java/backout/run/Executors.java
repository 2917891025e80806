package backout.run;

import backout.plan.Target;
import backout.plan.TargetName;

import java.util.Map;
import java.util.Optional;

/** The executors of this process, by the kind of their targets. */
public record Executors(Map<String, Executor> byKind) {
    public Executors {
        byKind = Map.copyOf(byKind);
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
}
