package backout.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One line of the table that people read: a check, before and after. */
public record Row(Check check, Verdict before, Verdict after) {
    /** The order in which they should be read: liveness first. */
    public static final Comparator<Row> BY_STAGE = Comparator.comparing(row -> row.check().stage());

    /** Pairs the verdicts of two looks; all three lists are in the same order. */
    public static List<Row> of(List<Check> checks, List<Verdict> before, List<Verdict> after) {
        if (before.size() != checks.size() || after.size() != checks.size()) {
            throw new IllegalArgumentException("there must be one verdict for each check");
        }
        var rows = new ArrayList<Row>();
        for (int i = 0; i < checks.size(); i++) {
            rows.add(new Row(checks.get(i), before.get(i), after.get(i)));
        }
        rows.sort(BY_STAGE);
        return List.copyOf(rows);
    }
}
