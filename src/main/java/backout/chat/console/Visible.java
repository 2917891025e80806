package backout.chat.console;

import java.util.Locale;

/**
 * Text of strangers as a terminal may have it: whatever could move the cursor, colour the screen or
 * turn the reading direction is written as its number instead.
 */
public final class Visible {
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Visible() {}

    /** One line: line breaks become {@code \n}, tabs four spaces. */
    public static String line(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(point -> append(shown, point));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int point) {
        switch (point) {
            case '\t' -> shown.append("    ");
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            default -> {
                if (isHarmless(point)) {
                    shown.appendCodePoint(point);
                } else {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", point));
                }
            }
        }
    }

    /** The joiner holds families of emoji together; every other format character is shown. */
    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
