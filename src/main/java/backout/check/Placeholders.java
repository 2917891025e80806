package backout.check;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in braces that a run fills: {@code {url}}, {@code {version}}, {@code {to}}. */
final class Placeholders {
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    private Placeholders() {}

    static List<String> in(String template) {
        return NAME.matcher(template).results().map(found -> found.group(1)).toList();
    }

    static String fill(String template, Map<String, String> values) {
        return fill(template, values, UnaryOperator.identity());
    }

    /** In one pass: braces inside a value are text and are not filled again. */
    static String fill(String template, Map<String, String> values, UnaryOperator<String> escape) {
        return NAME.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(found, values, escape)));
    }

    private static String value(
            MatchResult found, Map<String, String> values, UnaryOperator<String> escape) {
        String value = values.get(found.group(1));
        return value == null ? found.group() : escape.apply(value);
    }
}
