package backout.run;

import backout.check.Check;
import backout.check.Field;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.check.Verification;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Reads checks until they are decided, and says what it comes to. */
final class Prover {
    /** How many successes in a row prove a check. */
    static final int IN_A_ROW = 3;

    /** The processor's share needs two measures. */
    private static final Duration MEASURED_WITHIN = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Probes probes;
    private final InstantSource clock;
    private final Pause pause;

    Prover(Probes probes, InstantSource clock, Pause pause) {
        this.probes = probes;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * One look at each, after a first one at what a single look does not measure: how it is,
     * without waiting for it to become well.
     */
    Evidence asItIs(List<Check> checks, Deadline by) {
        long start = by.left().toNanos();
        var patience = LookPatience.full();
        readings(of(checks, Prover::isWarmed), patience, by);
        if (!of(checks, Prover::isShare).isEmpty()) {
            pause.waitFor(BETWEEN_LOOKS);
        }
        List<Reading> readings = readings(checks, patience, by);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            verdicts.add(checks.get(i).judge(readings.get(i), Optional.of(readings.get(i))));
        }
        return Verdicts.of(checks, readings, verdicts, probes.log(), start - by.left().toNanos());
    }

    private static List<Check> of(List<Check> checks, Predicate<Subject> about) {
        return checks.stream().filter(check -> about.test(check.subject())).toList();
    }

    /** The first answer over a line pays for the line too. */
    private static boolean isWarmed(Subject subject) {
        return subject instanceof Subject.Http || isShare(subject);
    }

    /** A share of the processor is a difference over some time. */
    private static boolean isShare(Subject subject) {
        return subject instanceof Subject.Container || subject instanceof Subject.OwnProcess;
    }

    /**
     * Looks until every must-check has held several times in a row, or has had its time. The others
     * never delay it.
     */
    Evidence until(List<Check> checks, Optional<Evidence> baseline, Deadline by) {
        return untilDecided(checks, musts(checks), baseline, _ -> false, by);
    }

    /**
     * Looks until everything is as well again as it was before: what was unwell then is not waited
     * for. A health check that has only begun always is.
     */
    Evidence again(List<Check> checks, Optional<Evidence> baseline, Deadline by) {
        List<Integer> waitedFor =
                musts(checks).stream()
                        .filter(index -> !wasUnwell(baseline, checks.get(index)))
                        .toList();
        return untilDecided(checks, waitedFor, baseline, Prover::hasOnlyBegun, by);
    }

    /**
     * As {@link #until}, and for a moment longer where something that should hold was not measured
     * yet: an engine measures what a container uses once a second, and in a soak there is time.
     */
    Evidence measured(List<Check> checks, Optional<Evidence> baseline, Deadline by) {
        Duration start = by.left();
        return untilDecided(
                checks,
                musts(checks),
                baseline,
                looked ->
                        lacksMeasure(checks, looked)
                                && start.minus(by.left()).compareTo(MEASURED_WITHIN) < 0,
                by);
    }

    private static boolean lacksMeasure(List<Check> checks, Looked looked) {
        return IntStream.range(0, checks.size())
                .filter(index -> checks.get(index).severity() != Check.Severity.MUST)
                .filter(index -> looked.readings().get(index) instanceof Reading.Facts)
                .anyMatch(index -> looked.verdicts().get(index) instanceof Verdict.Unknown);
    }

    private static boolean wasUnwell(Optional<Evidence> baseline, Check check) {
        return baseline.stream()
                .flatMap(evidence -> evidence.rows().stream())
                .filter(row ->
                        check.isIdentity()
                                ? row.about().equals(Evidence.Row.about(check.shown()))
                                : row.check().equals(check.shown()))
                .anyMatch(row -> row.finding() == Evidence.Finding.UNWELL);
    }

    private static boolean hasOnlyBegun(Looked looked) {
        return looked.readings().stream()
                .filter(Reading.Facts.class::isInstance)
                .map(Reading.Facts.class::cast)
                .anyMatch(facts -> "starting".equals(facts.texts().get(Field.HEALTH)));
    }

    private Evidence untilDecided(
            List<Check> checks,
            List<Integer> waitedFor,
            Optional<Evidence> baseline,
            Predicate<Looked> besides,
            Deadline by) {
        probes.repeatedly(pause);
        long start = by.left().toNanos();
        var before = new LinkedHashMap<String, Optional<Reading>>();
        checks.forEach(check ->
                before.put(check.shown(), baseline.flatMap(evidence -> before(evidence, check))));
        Verification verification =
                Verification.of(
                        waitedFor.stream().map(checks::get).toList(), clock.instant(), IN_A_ROW);
        var patience = LookPatience.growing();
        while (true) {
            Looked looked = look(checks, before, patience, by);
            verification =
                    verification.after(
                            clock.instant(),
                            waitedFor.stream().map(looked.verdicts()::get).toList());
            boolean goesOn = verification.goesOn() || besides.test(looked);
            if (!goesOn || by.passed() || probes.isHopeless()) {
                long took = start - by.left().toNanos();
                return Verdicts.of(
                        checks, looked.readings(), looked.verdicts(), probes.log(), took);
            }
            pause.waitFor(BETWEEN_LOOKS);
        }
    }

    private static List<Integer> musts(List<Check> checks) {
        return IntStream.range(0, checks.size())
                .filter(index -> checks.get(index).severity() == Check.Severity.MUST)
                .boxed()
                .toList();
    }

    private record Looked(List<Reading> readings, List<Verdict> verdicts) {}

    private Looked look(
            List<Check> checks,
            Map<String, Optional<Reading>> before,
            LookPatience patience,
            Deadline by) {
        List<Reading> readings = readings(checks, patience, by);
        var verdicts = new ArrayList<Verdict>();
        for (int i = 0; i < checks.size(); i++) {
            Optional<Reading> baseline =
                    before.getOrDefault(checks.get(i).shown(), Optional.empty());
            verdicts.add(checks.get(i).judge(readings.get(i), baseline));
        }
        return new Looked(readings, verdicts);
    }

    private static Optional<Reading> before(Evidence baseline, Check check) {
        return baseline.rows().stream()
                .filter(row -> row.check().equals(check.shown()))
                .findFirst()
                .flatMap(row -> Measures.reading(check, row.measure()));
    }

    /** Checks of the same subject share one look. */
    private List<Reading> readings(List<Check> checks, LookPatience patience, Deadline by) {
        var seen = new LinkedHashMap<Subject, Reading>();
        Function<Subject, Reading> look =
                subject -> patience.look(subject, by, within -> probes.look(subject, within));
        return checks.stream().map(check -> seen.computeIfAbsent(check.subject(), look)).toList();
    }
}
