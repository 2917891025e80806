package backout.init;

import java.util.Locale;

/** Writes text as a YAML scalar that reads as the same text. */
final class YamlText {
    private YamlText() {}

    /** Plain where nobody could read it as something else, in double quotes otherwise. */
    static String of(String text) {
        boolean plain =
                text.matches("[A-Za-z0-9/][A-Za-z0-9/._:@+-]*(?<!:)")
                        && !text.matches("[0-9.:+_-]+|0[xo].*|[0-9.]+[eE].*")
                        && !text.toLowerCase(Locale.ROOT)
                                .matches("null|true|false|yes|no|on|off|y|n");
        return plain ? text : quoted(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> quoted.append(escaped(point)));
        return quoted.append('"').toString();
    }

    private static String escaped(int point) {
        if (point == '"' || point == '\\') {
            return "\\" + (char) point;
        }
        return point < ' ' || point > '~' ? "\\U%08X".formatted(point) : Character.toString(point);
    }
}
