package backout.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, by the name of the figure: one value per round. */
final class Figures {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /** What was measured so far was only to warm up. */
    void forget() {
        values.clear();
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** In the order in which they were first measured. */
    List<String> names() {
        return List.copyOf(values.keySet());
    }

    double most(String name) {
        return of(name).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    double median(String name) {
        List<Double> sorted = of(name).stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** The median over the other's median. */
    double ratio(String name, String floor) {
        return median(name) / median(floor);
    }

    private List<Double> of(String name) {
        List<Double> found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("nothing was measured as " + name);
        }
        return found;
    }

    /** Median, smallest and largest of each figure, a line each. */
    List<String> table(String unit) {
        return values.keySet().stream().map(name -> row(name, unit)).toList();
    }

    private String row(String name, String unit) {
        List<Double> all = of(name);
        return String.format(
                Locale.ROOT,
                "%-58s median %9.3f %s   min %9.3f   max %9.3f   (%d rounds)",
                name,
                median(name),
                unit,
                all.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                all.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
                all.size());
    }
}
