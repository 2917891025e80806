package backout.run;

import backout.check.Check;
import backout.plan.Part;
import backout.plan.Plan;
import backout.plan.Step.Phase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.run.RunEvent.Moment;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the checks of all targets of a run as one. One thread at a time. */
final class RunProof implements AutoCloseable {
    /** Beside its patience, for each target. */
    private static final Duration LOOKING = Duration.ofMinutes(2);

    private final List<Target> targets;
    private final Executors executors;
    private final InstantSource clock;
    private Proof.@Nullable Pulse pulse;

    RunProof(List<Target> targets, Executors executors, InstantSource clock) {
        this.targets = List.copyOf(targets);
        this.executors = executors;
        this.clock = clock;
    }

    /**
     * Watches the first service from outside; a watch that cannot begin costs nothing but the
     * figure.
     */
    void watch(Run run) {
        if (pulse == null) {
            Part first = run.plan().parts().getFirst();
            pulse = proof(first).watch(run.plan().of(first));
        }
    }

    private Proof proof(Part part) {
        Target target =
                targets.stream()
                        .filter(one -> one.name().equals(part.target()))
                        .findFirst()
                        .orElseThrow();
        return executors.proof(target);
    }

    RunEvent.Checked check(Run run, Moment moment, Deadline by) {
        var parts = new LinkedHashMap<TargetName, Evidence>();
        for (Part part : run.plan().parts()) {
            parts.put(part.target(), read(run, part, moment, by));
        }
        Evidence evidence = Evidence.of(parts);
        boolean told = moment == Moment.AFTER_SWITCH || moment == Moment.AFTER_UNDO;
        Optional<Outage> outage = told ? outage(run, moment, evidence) : Optional.empty();
        return RunEvent.Checked.watched(clock.instant(), moment, evidence, outage);
    }

    /** How long reading them may take: each target's longest patience, and time to look. */
    static Duration within(Plan plan) {
        return plan.parts().stream()
                .map(part ->
                        Stream.concat(part.checks().stream(), part.undoChecks().stream())
                                .map(Check::filled)
                                .flatMap(check -> check.within().stream())
                                .max(Duration::compareTo)
                                .orElse(Duration.ZERO))
                .map(LOOKING::plus)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What has not been switched is read as it is: nobody waits for it to be switched. */
    private Evidence read(Run run, Part part, Moment moment, Deadline by) {
        Optional<Evidence> baseline =
                run.checked(Moment.BASELINE).map(read -> read.evidence().about(part.target()));
        boolean left =
                moment == Moment.AFTER_SWITCH
                        && run.plan().parts().size() > 1
                        && !hasBegun(run, part.target());
        Moment meant = left ? Moment.BASELINE : moment;
        return proof(part).check(run.plan().of(part), meant, baseline, by);
    }

    static boolean hasBegun(Run run, TargetName target) {
        return run.plan().indexes(Phase.SWITCH).stream()
                .filter(index -> run.step(index).target().equals(target))
                .anyMatch(index -> run.track(index).began(RunEvent.Leg.FORWARD));
    }

    /** Reads a target that was switched, before the next one is. */
    RunEvent.BarrierRead barrier(Run run, TargetName name, Deadline by) {
        Part part =
                run.plan().parts().stream()
                        .filter(one -> one.target().equals(name))
                        .findFirst()
                        .orElseThrow();
        Evidence evidence = read(run, part, Moment.AFTER_SWITCH, by);
        return new RunEvent.BarrierRead(clock.instant(), name, evidence);
    }

    /** What may be undone is watched until it was: only then the service has its peace again. */
    private Optional<Outage> outage(Run run, Moment moment, Evidence evidence) {
        if (pulse == null) {
            return Optional.empty();
        }
        Optional<Outage> seen = pulse.seen();
        boolean mayBeUndone = !evidence.isWell() || Blame.hasFailedStep(run);
        if (moment == Moment.AFTER_UNDO || !mayBeUndone) {
            pulse.close();
            pulse = null;
        }
        return seen;
    }

    @Override
    public void close() {
        if (pulse != null) {
            pulse.close();
        }
    }
}
