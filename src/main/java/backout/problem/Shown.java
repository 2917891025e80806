package backout.problem;

/** What somebody typed or wrote, short enough and harmless enough to be repeated to people. */
public final class Shown {
    private static final int LONGEST = 60;
    private static final int KEPT = 40;

    private Shown() {}

    /**
     * Past 60 characters only the beginning; characters that could move the cursor or turn the
     * reading direction become {@code �}.
     */
    public static String of(String text) {
        int length = text.codePointCount(0, text.length());
        var shown = new StringBuilder();
        text.codePoints()
                .limit(length <= LONGEST ? LONGEST : KEPT)
                .map(point -> isHarmless(point) ? point : 0xFFFD)
                .forEach(shown::appendCodePoint);
        return length <= LONGEST ? shown.toString() : shown.append('…').toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> !turnsDirection(point);
        };
    }

    /** Bidirectional controls, Unicode standard annex 9, table 3. */
    private static boolean turnsDirection(int point) {
        return point == 0x061C
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
