package backout.problem;

import java.util.Locale;

/** What strangers wrote, harmless enough to be repeated to people. */
public final class Shown {
    private static final int LONGEST = 60;
    private static final int KEPT = 40;
    private static final int LONGEST_VALUE = 120;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int REPLACEMENT = 0xFFFD;

    private Shown() {}

    /**
     * What somebody typed: past 60 characters only the beginning; what is not harmless becomes
     * {@code �}.
     */
    public static String of(String text) {
        int length = text.codePointCount(0, text.length());
        var shown = new StringBuilder();
        text.codePoints()
                .limit(length <= LONGEST ? LONGEST : KEPT)
                .map(Shown::harmless)
                .forEach(shown::appendCodePoint);
        return length <= LONGEST ? shown.toString() : shown.append('…').toString();
    }

    /** What was read of a service: about 120 characters at most, nothing invisible in it. */
    public static String value(String text) {
        var shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && shown.length() < LONGEST_VALUE) {
            int point = text.codePointAt(at);
            shown.append(visible(point));
            at += Character.charCount(point);
        }
        return at < text.length() ? shown + "…" : shown.toString();
    }

    public static String quoted(String value) {
        return "\"" + value(value) + "\"";
    }

    /**
     * As a terminal and a page may have it, on one line: line breaks become {@code \n}, tabs four
     * spaces, and what is not harmless its number.
     */
    public static String line(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .forEach(point ->
                        shown.append(
                                switch (point) {
                                    case '\t' -> "    ";
                                    case '\n' -> "\\n";
                                    case '\r' -> "\\r";
                                    default -> visible(point);
                                }));
        return shown.toString();
    }

    private static String visible(int point) {
        return isHarmless(point)
                ? Character.toString(point)
                : String.format(Locale.ROOT, "\\u%04x", point);
    }

    /** The character itself, or {@code �} for it. */
    public static int harmless(int point) {
        return isHarmless(point) ? point : REPLACEMENT;
    }

    /**
     * Nothing that could move the cursor, colour the screen, turn the reading direction or hide.
     * The joiner holds families of emoji together; every other format character is harm.
     */
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
