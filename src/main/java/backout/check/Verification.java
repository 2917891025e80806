package backout.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds rounds of verdicts into one answer: look again, or is it decided? Pure and unchangeable:
 * each round makes a new one, time is passed in.
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
     * @param checks those that are waited for
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
                                new Progress(
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

    /**
     * Nothing is sure yet: something is still waited for, and nothing is unwell for good. Patience
     * may have passed while a series of successes is being completed: the next look that is not
     * well then decides.
     */
    public boolean goesOn() {
        return progress.stream().noneMatch(Progress::isUnwell)
                && progress.stream().anyMatch(Progress::pending);
    }

    /**
     * How far one check has come.
     *
     * @param streak successes in a row up to now
     * @param met whether the streak was ever long enough
     * @param failed for good: the last verdict came at or after the deadline and was not well
     * @param isUnwell it failed, and that is known
     */
    private record Progress(
            Instant deadline,
            int times,
            int streak,
            boolean met,
            boolean failed,
            boolean isUnwell) {

        Progress(Instant deadline, int times) {
            this(deadline, times, 0, false, false, false);
        }

        /**
         * The newest look decides, never an older one: what is well now is not called unwell
         * because nobody looked in time. What was met once and lost again has until the end to come
         * back.
         */
        Progress after(Instant now, Verdict verdict, Instant end) {
            if (failed) {
                return this;
            }
            int row = verdict.isWell() ? streak + 1 : 0;
            boolean everMet = met || row >= times;
            boolean isOver = row == 0 && !now.isBefore(everMet ? end : deadline);
            boolean isUnwell = isOver && verdict instanceof Verdict.Unwell;
            return new Progress(deadline, times, row, everMet, isOver, isUnwell);
        }

        boolean pending() {
            return !failed && streak < times;
        }
    }
}
