package backout.executor.compose.traits;

import static backout.executor.compose.traits.Nodes.list;
import static backout.executor.compose.traits.Nodes.text;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A health check by its fields; what one leaves open the image gives. */
record Health(Map<String, String> fields) {
    private static final Pattern TERM = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1e0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    static Health ofEngine(JsonNode check) {
        var fields = new TreeMap<String, String>();
        put(fields, "test", list(check.path("Test")));
        put(fields, "interval", Nodes.number(check.path("Interval")));
        put(fields, "timeout", Nodes.number(check.path("Timeout")));
        put(fields, "start_period", Nodes.number(check.path("StartPeriod")));
        put(fields, "start_interval", Nodes.number(check.path("StartInterval")));
        put(fields, "retries", Nodes.number(check.path("Retries")));
        return new Health(fields);
    }

    static Health ofFiles(JsonNode check) {
        var fields = new TreeMap<String, String>();
        JsonNode test = check.path("test");
        put(fields, "test", test.isArray() ? list(test) : shell(text(test)));
        if (check.path("disable").asBoolean(false)) {
            put(fields, "test", "NONE");
        }
        for (String time : new String[] {"interval", "timeout", "start_period", "start_interval"}) {
            put(fields, time, nanos(text(check.path(time))));
        }
        put(fields, "retries", Nodes.number(check.path("retries")));
        return new Health(fields);
    }

    private static String shell(String command) {
        return command.isEmpty() ? "" : "CMD-SHELL\0" + command;
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    /** {@code 1m30s}, as Go writes it; empty for none. */
    static String nanos(String duration) {
        double sum =
                TERM.matcher(duration)
                        .results()
                        .mapToDouble(term ->
                                Double.parseDouble(term.group(1))
                                        * NANOS.getOrDefault(term.group(2), 0.0))
                        .sum();
        long nanos = Math.round(sum);
        return nanos == 0 ? "" : Long.toString(nanos);
    }

    static String seconds(String duration) {
        String nanos = nanos(duration);
        return nanos.isEmpty()
                ? ""
                : Long.toString(Duration.ofNanos(Long.parseLong(nanos)).toSeconds());
    }

    Health over(Health image) {
        var all = new TreeMap<>(image.fields);
        all.putAll(fields);
        return new Health(all);
    }

    String value() {
        return fields.isEmpty() ? "" : fields.toString();
    }
}
