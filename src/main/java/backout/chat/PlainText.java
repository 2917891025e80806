package backout.chat;

import backout.problem.Shown;

/** Text of strangers as a chat may have it. */
public final class PlainText {
    private PlainText() {}

    /** One line: a break in it must not look like a line of ours. */
    public static String line(String text) {
        return lines(text).replace("\n", " ⏎ ");
    }

    /**
     * Several lines. Whatever could turn the reading direction, hide or move something becomes
     * {@code �}.
     */
    public static String lines(String text) {
        var shown = new StringBuilder();
        text.replace("\r\n", "\n")
                .replace("\t", "    ")
                .codePoints()
                .map(point -> point == '\n' ? point : Shown.harmless(point))
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** At most {@code most} characters, the last of them {@code …} where there were more. */
    public static String brief(String text, int most) {
        return text.length() <= most ? text : head(text, most - 1) + "…";
    }

    /** Never half of a character that takes two. */
    public static String head(String text, int length) {
        int end = Math.max(0, length);
        boolean splits =
                end > 0
                        && Character.isHighSurrogate(text.charAt(end - 1))
                        && Character.isLowSurrogate(text.charAt(end));
        return text.substring(0, splits ? end - 1 : end);
    }
}
