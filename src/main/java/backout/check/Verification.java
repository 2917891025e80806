package backout.check;

import backout.language.Phrase;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Folds rounds of verdicts into one finding. Pure and unchangeable: each round makes a new one,
 * time is passed in.
 */
public final class Verification {
    private final Instant end;
    private final List<Progress> progress;

    private Verification(Instant end, List<Progress> progress) {
        this.end = end;
        this.progress = List.copyOf(progress);
    }

    /**
     * Begins, before the first look.
     *
     * @param start when the service was switched; patience counts from here
     * @param inARow how many successes in a row a check needs at least
     */
    public static Verification of(List<Check> checks, Instant start, int inARow) {
        Duration patience =
                checks.stream()
                        .flatMap(check -> check.within().stream())
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return new Verification(
                start.plus(patience),
                checks.stream()
                        .map(check ->
                                Progress.start(
                                        check,
                                        start.plus(check.within().orElse(patience)),
                                        Math.max(check.times(), inARow)))
                        .toList());
    }

    /**
     * One more look at everything.
     *
     * @param now when it was looked
     * @param verdicts in the order of the checks
     */
    public Verification after(Instant now, List<Verdict> verdicts) {
        if (verdicts.size() != progress.size()) {
            throw new IllegalArgumentException(
                    verdicts.size() + " verdicts for " + progress.size() + " checks");
        }
        var further = new ArrayList<Progress>();
        for (int i = 0; i < verdicts.size(); i++) {
            further.add(progress.get(i).after(now, verdicts.get(i), end));
        }
        return new Verification(end, further);
    }

    /** Unwell as soon as it is sure; well or unknown when there is nothing left to wait for. */
    public Finding finding() {
        List<Check> unwell = checks(one -> must(one) && one.isUnwell());
        if (!unwell.isEmpty()) {
            return new Finding.Unwell(unwell);
        }
        if (progress.stream().anyMatch(one -> one.pending() && waitsFor(one))) {
            return new Finding.GoOn(end);
        }
        List<Check> unseen = checks(one -> must(one) && one.failed());
        return unseen.isEmpty() && progress.stream().anyMatch(Verification::must)
                ? new Finding.Well(checks(one -> !one.holds() && waitsFor(one)))
                : new Finding.Unknown(unseen);
    }

    private List<Check> checks(Predicate<Progress> which) {
        return progress.stream().filter(which).map(Progress::check).toList();
    }

    private static boolean must(Progress one) {
        return one.check().severity() == Severity.MUST;
    }

    private static boolean waitsFor(Progress one) {
        return one.check().severity() != Severity.INFO;
    }

    /** What each check says now, in the order of the checks. */
    public List<Verdict> verdicts() {
        return progress.stream().map(Verification::verdict).toList();
    }

    private static Verdict verdict(Progress one) {
        Verdict last = one.last();
        return last == null ? new Verdict.Unknown(Phrase.of("nobody has looked yet")) : last;
    }
}
