package backout.run;

import backout.check.Check;
import backout.check.Subject;
import backout.language.Phrase;
import backout.plan.CheckLines;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.ProblemException;
import backout.run.RunEvent.Moment;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Proves by looking: checks are read through the eyes that an executor lends. */
public final class ProbingProof implements Proof {
    /** Stands for the identity of the release that runs. */
    private static final String RUNNING = "{to}";

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
                        case BASELINE -> prover.asItIs(withUnsaid(checks, probes), by);
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
            List<Check> checks = standing(lines, probes.running());
            return new Prover(probes, clock, pause).asItIs(withUnsaid(checks, probes), by);
        }
    }

    /** What a check asks already is not asked again. */
    private static List<Check> withUnsaid(List<Check> checks, Probes probes) {
        return Stream.concat(
                        checks.stream(),
                        Check.filled(probes.unsaid()).stream()
                                .filter(more -> checks.stream().noneMatch(more::asksTheSameAs)))
                .toList();
    }

    private List<Check> standing(List<String> lines, String running) {
        return Check.filled(CheckLines.of(target, lines, running, "")).stream()
                .map(check -> check.severity() == Check.Severity.MUST ? check : check.byItsLimit())
                .toList();
    }

    @Override
    public Glance glance(List<String> lines, Deadline by) {
        try (var probes = new TimedProbes(eyes.open(Optional.empty(), false), System::nanoTime)) {
            String running;
            try {
                running = probes.running();
            } catch (ProblemException e) {
                return blind(lines, e.problem().phrase(), probes, by);
            }
            return glance(withUnsaid(standing(lines, running), probes), probes, by);
        }
    }

    private Glance glance(List<Check> checks, TimedProbes probes, Deadline by) {
        Evidence evidence = new Prover(probes, clock, pause).asItIs(checks, by);
        return new Glance(evidence, checks.stream().map(probes::took).toList());
    }

    /** What names the release cannot be asked. */
    private Glance blind(List<String> lines, Phrase why, TimedProbes probes, Deadline by) {
        List<String> free = lines.stream().filter(line -> !line.contains(RUNNING)).toList();
        Glance seen = glance(standing(free, ""), probes, by);
        var rows = new ArrayList<>(seen.evidence().rows());
        standing(lines.stream().filter(line -> line.contains(RUNNING)).toList(), RUNNING)
                .forEach(check -> rows.add(unknown(check, why)));
        var took = new ArrayList<>(seen.took());
        took.addAll(Collections.nCopies(rows.size() - took.size(), Duration.ZERO));
        Evidence read = seen.evidence();
        return new Glance(
                new Evidence(Evidence.Finding.of(rows), rows, -1, read.log(), read.took()), took);
    }

    private static Evidence.Row unknown(Check check, Phrase why) {
        return new Evidence.Row(
                check.shown(),
                why,
                Phrase.NONE,
                Evidence.Finding.UNKNOWN,
                check.severity() == Check.Severity.MUST,
                "");
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
