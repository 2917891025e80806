package backout.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a check's text.
 *
 * @param at the number of its first character, from 1
 * @param quoted whether it stood in quotes, which it no longer holds
 * @param closed whether its quote or parenthesis ends
 */
record Word(String text, int at, boolean quoted, boolean closed) {

    /** Splits at white space outside of quotes and parentheses. */
    static List<Word> of(String text) {
        var words = new ArrayList<Word>();
        int at = 0;
        while (at < text.length()) {
            if (isSpace(text.charAt(at))) {
                at++;
            } else {
                int end = text.charAt(at) == '"' ? endOfQuote(text, at) : endOfWord(text, at);
                words.add(word(text, at, end));
                at = end;
            }
        }
        return words;
    }

    private static boolean isSpace(char c) {
        return c <= ' ';
    }

    private static int endOfWord(String text, int start) {
        int depth = 0;
        int at = start;
        while (at < text.length() && (depth > 0 || !isSpace(text.charAt(at)))) {
            depth += text.charAt(at) == '(' ? 1 : 0;
            depth -= text.charAt(at) == ')' && depth > 0 ? 1 : 0;
            at++;
        }
        return at;
    }

    private static int endOfQuote(String text, int start) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private static Word word(String text, int start, int end) {
        String raw = text.substring(start, end);
        int at = text.codePointCount(0, start) + 1;
        if (!raw.startsWith("\"")) {
            long open = raw.chars().filter(c -> c == '(').count();
            return new Word(raw, at, false, open <= raw.chars().filter(c -> c == ')').count());
        }
        boolean closed = raw.matches("(?s)\"(?:[^\"\\\\]|\\\\.)*+\"");
        String inner = raw.substring(1, closed ? raw.length() - 1 : raw.length());
        return new Word(inner.replaceAll("(?s)\\\\(.)", "$1"), at, true, closed);
    }
}
