package backout.run;

import backout.check.Check;
import backout.check.Subject;
import backout.plan.CheckLines;
import backout.plan.Plan;
import backout.plan.Target;
import backout.run.RunEvent.Moment;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Proves by looking: checks are read through the eyes that an executor lends. */
public final class ProbingProof implements Proof {
    private final Target target;
    private final Eyes eyes;
    private final InstantSource clock;
    private final Pause pause;

    /** Lends eyes for one series of looks. */
    public interface Eyes {
        /**
         * @param plan the one that is being proven; empty outside of a run
         * @param undone whether its undo is
         */
        Probes open(Optional<Plan> plan, boolean undone);
    }

    public ProbingProof(Target target, Eyes eyes, InstantSource clock, Pause pause) {
        this.target = target;
        this.eyes = eyes;
        this.clock = clock;
        this.pause = pause;
    }

    @Override
    public Evidence check(Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by) {
        boolean undone = moment == Moment.AFTER_UNDO;
        List<Check> checks = Check.filled(undone ? CheckLines.afterUndo(plan) : plan.checks());
        try (Probes probes = eyes.open(Optional.of(plan), undone)) {
            var prover = new Prover(probes, clock, pause);
            Evidence evidence =
                    switch (moment) {
                        case BASELINE -> prover.asItIs(checks, by);
                        case AFTER_SWITCH -> prover.until(checks, baseline, by);
                        case SOAK -> prover.measured(checks, baseline, by);
                        case AFTER_UNDO -> prover.again(checks, baseline, by);
                    };
            return evidence.isWell() ? evidence : evidence.with(probes.outside());
        }
    }

    /** What should hold is judged by its limit alone: there is no baseline. */
    @Override
    public Evidence standing(List<String> lines, Deadline by) {
        try (Probes probes = eyes.open(Optional.empty(), false)) {
            List<Check> checks =
                    Check.filled(CheckLines.of(target, lines, probes.running(), "")).stream()
                            .map(check ->
                                    check.severity() == Check.Severity.MUST
                                            ? check
                                            : check.byItsLimit())
                            .toList();
            return new Prover(probes, clock, pause).asItIs(checks, by);
        }
    }

    /** By the first check that asks over HTTP and needs no secret. */
    @Override
    public Pulse watch(Plan plan) {
        List<Check> checks = Check.filled(plan.checks());
        return checks.stream()
                .map(Check::subject)
                .filter(subject ->
                        subject instanceof Subject.Http asked && asked.secret().isEmpty())
                .findFirst()
                .<Pulse>map(subject ->
                        new DowntimeWatch(
                                eyes.open(Optional.of(plan), false),
                                subject,
                                judging(checks, subject)))
                .orElseGet(NothingToWatch::new);
    }

    /** Which release answers makes no answer a wrong one, and neither does how long it takes. */
    private static List<Check> judging(List<Check> checks, Subject subject) {
        return checks.stream()
                .filter(check -> check.severity() == Check.Severity.MUST)
                .filter(check -> check.subject().equals(subject))
                .filter(check -> !check.isIdentity() && check.stage() != Check.Stage.LIMITS)
                .toList();
    }

    private static final class NothingToWatch implements Pulse {
        @Override
        public Optional<Outage> seen() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // There is no thread to end
        }
    }
}
