package backout.target.compose;

import backout.check.Check;
import backout.check.Field;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.check.Verification;
import backout.docker.ContainerState;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Pause;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Reads checks until they are decided, and says what it comes to. */
final class Prover {
    /** How many successes in a row prove a check. */
    static final int IN_A_ROW = 3;

    /** A container that crashed so often is not waited for. */
    private static final int HOPELESS_RESTARTS = 3;

    /** The processor's share needs two measures. */
    private static final Duration MEASURED_WITHIN = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final ContainerProbe container;
    private final Probe http;
    private final Supplier<List<Phrase>> log;
    private final InstantSource clock;
    private final Pause pause;

    Prover(
            ContainerProbe container,
            Probe http,
            Supplier<List<Phrase>> log,
            InstantSource clock,
            Pause pause) {
        this.container = container;
        this.http = http;
        this.log = log;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * One look, and a second one because a CPU share needs two: how it is, without waiting for it
     * to become well.
     */
    Evidence asItIs(List<Check> checks, Deadline by) {
        long start = by.left().toNanos();
        Map<String, Optional<Reading>> none = Map.of();
        var patience = LookPatience.full();
        look(checks, none, patience, by);
        pause.waitFor(BETWEEN_LOOKS);
        List<Reading> readings = readings(checks, patience, by);
        List<Verdict> verdicts = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            verdicts.add(checks.get(i).judge(readings.get(i), Optional.of(readings.get(i))));
        }
        return Verdicts.of(checks, readings, verdicts, log.get(), start - by.left().toNanos());
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
                        isIdentity(check)
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
        try (var _ = container.measuring(pause)) {
            long start = by.left().toNanos();
            var before = new LinkedHashMap<String, Optional<Reading>>();
            checks.forEach(check ->
                    before.put(
                            check.shown(), baseline.flatMap(evidence -> before(evidence, check))));
            Verification verification =
                    Verification.of(
                            waitedFor.stream().map(checks::get).toList(),
                            clock.instant(),
                            IN_A_ROW);
            var patience = LookPatience.growing();
            while (true) {
                Looked looked = look(checks, before, patience, by);
                verification =
                        verification.after(
                                clock.instant(),
                                waitedFor.stream().map(looked.verdicts()::get).toList());
                boolean goesOn = verification.goesOn() || besides.test(looked);
                if (!goesOn || by.passed() || isHopeless()) {
                    long took = start - by.left().toNanos();
                    return Verdicts.of(
                            checks, looked.readings(), looked.verdicts(), log.get(), took);
                }
                pause.waitFor(BETWEEN_LOOKS);
            }
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
                subject -> patience.look(subject, by, within -> probe(subject, within));
        return checks.stream().map(check -> seen.computeIfAbsent(check.subject(), look)).toList();
    }

    private Reading probe(Subject subject, Duration within) {
        return switch (subject) {
            case Subject.Http asked -> http.look(asked, within);
            case Subject.Container asked -> container.look(asked, within);
            case Subject.Redis _, Subject.Disk _ ->
                    new Reading.NotSeen(
                            Problem.of(
                                    Phrase.of(
                                            "a compose target has no probe for {0}",
                                            subject.word()),
                                    Phrase.of("take the check out")));
        };
    }

    private boolean isHopeless() {
        try {
            return container.state().filter(Prover::isHopeless).isPresent();
        } catch (ProblemException unknown) {
            // An engine that does not tell is no reason to give up; the looks say so themselves
            return false;
        }
    }

    private static boolean isHopeless(ContainerState state) {
        boolean isOver =
                !state.isRunning() && !state.isRestarting() && state.startedAt().isPresent();
        return isOver || state.restartCount() >= HOPELESS_RESTARTS;
    }

    /**
     * A filled line no longer shows that its version was a placeholder; what a body calls version
     * is one all the same.
     */
    static boolean isIdentity(Check check) {
        return check.stage() == Check.Stage.IDENTITY || check.text().contains("[BODY].version ");
    }

    static List<Check> parse(List<String> lines) {
        return lines.stream().map(Check::filled).toList();
    }
}
