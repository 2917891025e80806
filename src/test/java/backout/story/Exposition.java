package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code /metrics} said, read as Prometheus reads it:
 * https://prometheus.io/docs/instrumenting/exposition_formats/. Whatever is not in that form is
 * refused.
 */
record Exposition(Map<String, Double> series) {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL =
            "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "(" + NAME + ")(\\{(?:" + LABEL + ",?)*\\})? ([-+]?[0-9.eE+-]+|NaN|[+-]Inf)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");

    static Exposition of(String text) {
        assertThat(text).endsWith("\n");
        var types = new HashMap<String, String>();
        var series = new LinkedHashMap<String, Double>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                assertThat(line).matches("# HELP " + NAME + " .+");
            } else if (line.startsWith("#")) {
                Matcher type = TYPE.matcher(line);
                assertThat(type.matches()).as(line).isTrue();
                assertThat(types.put(type.group(1), type.group(2))).as("twice: " + line).isNull();
            } else {
                sample(line, types, series);
            }
        }
        var read = new Exposition(series);
        types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                read.refuseBrokenHistogram(name);
            }
        });
        return read;
    }

    private static void sample(String line, Map<String, String> types, Map<String, Double> series) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        String type = types.get(name);
        String family = name.replaceFirst("_(bucket|sum|count)$", "");
        boolean known =
                type != null || "histogram summary".contains(types.getOrDefault(family, "none"));
        assertThat(known).as("no type before: " + line).isTrue();
        if ("counter".equals(type)) {
            assertThat(name).endsWith("_total");
        }
        String key = name + (sample.group(2) == null ? "" : sample.group(2));
        double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
        assertThat(series.put(key, value)).as("twice: " + line).isNull();
    }

    /** Buckets rise, and the last one is the count. */
    private void refuseBrokenHistogram(String name) {
        var buckets = new HashMap<String, TreeMap<Double, Double>>();
        series.forEach((key, value) -> {
            if (key.startsWith(name + "_bucket{")) {
                String bound = key.replaceFirst(".*[{,]le=\"([^\"]*)\".*", "$1");
                String rest =
                        key.replaceFirst("_bucket", "_count").replaceFirst(",?le=\"[^\"]*\"", "");
                buckets.computeIfAbsent(rest.replace("{}", ""), _ -> new TreeMap<>())
                        .put(Double.parseDouble(bound.replace("Inf", "Infinity")), value);
            }
        });
        assertThat(buckets).as(name).isNotEmpty();
        buckets.forEach((count, values) -> {
            assertThat(List.copyOf(values.values())).as(count).isSorted();
            assertThat(values.lastKey()).isInfinite();
            assertThat(values.lastEntry().getValue()).isEqualTo(series.get(count));
        });
    }

    double value(String name, String... labels) {
        for (var one : series.entrySet()) {
            boolean is = one.getKey().equals(name) || one.getKey().startsWith(name + "{");
            for (int i = 0; i < labels.length; i += 2) {
                is &= one.getKey().contains(labels[i] + "=\"" + labels[i + 1] + "\"");
            }
            if (is) {
                return one.getValue();
            }
        }
        throw new AssertionError("no " + name + " among " + series.keySet());
    }

    /** Those whose name begins so. */
    Map<String, Double> startingWith(String... names) {
        var some = new TreeMap<String, Double>();
        series.forEach((key, value) -> {
            for (String name : names) {
                if (key.startsWith(name)) {
                    some.put(key, value);
                }
            }
        });
        return some;
    }
}
