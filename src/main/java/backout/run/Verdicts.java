package backout.run;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.language.Phrase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What the verdicts on all checks come to, for the journal. */
final class Verdicts {
    private Verdicts() {}

    static Evidence of(
            List<Check> checks,
            List<Reading> readings,
            List<Verdict> verdicts,
            List<Phrase> log,
            long nanos) {
        var rows = new ArrayList<Evidence.Row>();
        for (int i = 0; i < checks.size(); i++) {
            rows.add(row(checks.get(i), readings.get(i), verdicts.get(i)));
        }
        Evidence.Finding finding = Evidence.Finding.of(rows);
        return new Evidence(finding, rows, ranks(checks, verdicts), log, Duration.ofNanos(nanos));
    }

    private static Evidence.Row row(Check check, Reading reading, Verdict verdict) {
        boolean must = check.severity() == Check.Severity.MUST;
        String measure = Measures.of(check, reading);
        return switch (verdict) {
            case Verdict.Well(Phrase seen) ->
                    new Evidence.Row(
                            check.shown(), seen, Phrase.NONE, Evidence.Finding.WELL, must, measure);
            case Verdict.Unwell(Phrase seen, Phrase wanted, boolean _) ->
                    new Evidence.Row(
                            check.shown(), seen, wanted, Evidence.Finding.UNWELL, must, measure);
            case Verdict.Unknown(Phrase why) ->
                    new Evidence.Row(
                            check.shown(),
                            why,
                            Phrase.NONE,
                            Evidence.Finding.UNKNOWN,
                            must,
                            measure);
        };
    }

    /**
     * How ill it is. Identity is left out: before the switch the wrong image runs by definition.
     * What does not answer at all counts far more than what answers wrongly. The container's own
     * life counts once: one that crashes again and again is seen running now and then.
     */
    private static int ranks(List<Check> checks, List<Verdict> verdicts) {
        int ranks = 0;
        var life = new HashMap<Subject, Integer>();
        for (int i = 0; i < checks.size(); i++) {
            Check check = checks.get(i);
            if (check.severity() != Check.Severity.MUST || check.isIdentity()) {
                continue;
            }
            if (verdicts.get(i) instanceof Verdict.Unknown) {
                return -1;
            }
            if (verdicts.get(i) instanceof Verdict.Unwell(Phrase _, Phrase _, boolean gone)) {
                int rank = gone ? 100 : 1;
                if (check.subject() instanceof Subject.Container
                        || check.subject() instanceof Subject.OwnProcess) {
                    life.merge(check.subject(), rank, Math::max);
                } else {
                    ranks += rank;
                }
            }
        }
        return ranks + life.values().stream().mapToInt(Integer::intValue).sum();
    }
}
