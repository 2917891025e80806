package backout.init;

import backout.config.SiteLoader;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Executors;
import backout.run.Proof;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Each check by itself, on what runs now. */
public final class Trial implements Rules.Trying {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    /** Lends what looks, for as long as something is done with it. */
    @FunctionalInterface
    public interface Lending {
        Map<String, Rules.Tried> to(
                SiteLoader.Loaded loaded, Function<Executors, Map<String, Rules.Tried>> look);
    }

    private final Lending lending;
    private final LongSupplier nanos;

    public Trial(Lending lending, LongSupplier nanos) {
        this.lending = lending;
        this.nanos = nanos;
    }

    @Override
    public Map<String, Rules.Tried> look(
            SiteLoader.Loaded loaded, Target target, List<String> checks) {
        return lending.to(loaded, executors -> look(executors.proof(bare(target)), checks));
    }

    private Map<String, Rules.Tried> look(Proof proof, List<String> checks) {
        var tried = new LinkedHashMap<String, Rules.Tried>();
        checks.forEach(check -> seen(proof, check).ifPresent(how -> tried.put(check, how)));
        return tried;
    }

    private Optional<Rules.Tried> seen(Proof proof, String check) {
        try {
            return proof
                    .standing(List.of(withoutVersion(check)), Deadline.in(WITHIN, nanos))
                    .rows()
                    .stream()
                    .limit(1)
                    .filter(row -> row.finding() != Evidence.Finding.UNKNOWN)
                    .map(row -> new Rules.Tried(row.finding() == Evidence.Finding.WELL, row.seen()))
                    .findFirst();
        } catch (ProblemException cannotLook) {
            return Optional.empty();
        }
    }

    /** Which version is the right one nobody knows yet: that it tells one is what fits. */
    private static String withoutVersion(String check) {
        return check.replaceFirst("(\\[BODY]\\S*) == \\{version}", "has($1) == true");
    }

    /** Without checks of its own, so that each line is tried by itself. */
    private static Target bare(Target target) {
        return new Target(
                target.name(),
                target.host(),
                target.policy(),
                target.goodAfter(),
                target.soak(),
                List.of(),
                target.settings(),
                target.file(),
                List.of());
    }
}
