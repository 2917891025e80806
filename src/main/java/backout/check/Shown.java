package backout.check;

import java.util.Locale;

/** Makes a stranger's text fit to be shown: short, on one line, with nothing invisible in it. */
final class Shown {
    private static final int MAX = 120;

    private Shown() {}

    static String text(String raw) {
        var shown = new StringBuilder();
        int at = 0;
        while (at < raw.length() && shown.length() < MAX) {
            int point = raw.codePointAt(at);
            shown.append(visible(point));
            at += Character.charCount(point);
        }
        return at < raw.length() ? shown + "…" : shown.toString();
    }

    static String quoted(String raw) {
        return "\"" + text(raw) + "\"";
    }

    /** Control, format (bidirectional marks) and lone surrogate characters become their number. */
    private static String visible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    String.format(Locale.ROOT, "\\u%04x", point);
            default -> Character.toString(point);
        };
    }
}
