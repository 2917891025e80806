package backout.check;

import java.util.List;

/** How the service is now, against how it was before the rollback. */
public enum Health {
    BETTER,
    SAME,
    /** The one answer that undoes a rollback by itself. */
    WORSE,
    /** Not looked at, or better here and worse there: a person decides. */
    UNKNOWN;

    /**
     * Compares what must hold, check by check. Identity is left out: before the switch the wrong
     * release runs, that it is another one now makes nobody healthier.
     */
    public static Health of(List<Row> rows) {
        List<Row> counted = rows.stream().filter(Health::counts).toList();
        if (counted.isEmpty() || counted.stream().anyMatch(Health::unseen)) {
            return UNKNOWN;
        }
        boolean better = counted.stream().anyMatch(row -> rank(row.after()) > rank(row.before()));
        boolean worse = counted.stream().anyMatch(row -> rank(row.after()) < rank(row.before()));
        if (better && worse) {
            return UNKNOWN;
        }
        return better ? BETTER : worse ? WORSE : SAME;
    }

    private static boolean counts(Row row) {
        return row.check().severity() == Severity.MUST && row.check().stage() != Stage.IDENTITY;
    }

    private static boolean unseen(Row row) {
        return row.before() instanceof Verdict.Unknown || row.after() instanceof Verdict.Unknown;
    }

    /** Gone is worse than an answer that is wrong. */
    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Well _ -> 2;
            case Verdict.Unwell unwell -> unwell.gone() ? 0 : 1;
            case Verdict.Unknown _ -> throw new IllegalArgumentException("unknown has no rank");
        };
    }
}
