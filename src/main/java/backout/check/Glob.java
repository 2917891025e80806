package backout.check;

import java.util.ArrayList;
import java.util.List;

/** Matches {@code *} without a regular expression: no body can make it take for ever. */
final class Glob {
    private Glob() {}

    static boolean matches(String pattern, String text) {
        List<String> pieces = pieces(pattern);
        String first = pieces.getFirst();
        String last = pieces.getLast();
        if (pieces.size() == 1) {
            return text.equals(first);
        }
        int end = text.length() - last.length();
        if (!text.startsWith(first) || !text.endsWith(last) || end < first.length()) {
            return false;
        }
        return inOrder(pieces.subList(1, pieces.size() - 1), text, first.length(), end);
    }

    /** Taking each piece at its first place is enough: it leaves the most for the others. */
    private static boolean inOrder(List<String> pieces, String text, int from, int end) {
        int at = from;
        for (String piece : pieces) {
            int found = text.indexOf(piece, at);
            if (found < 0 || found + piece.length() > end) {
                return false;
            }
            at = found + piece.length();
        }
        return true;
    }

    private static List<String> pieces(String pattern) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                boolean escapes = c == '\\' && i + 1 < pattern.length();
                piece.append(escapes ? pattern.charAt(++i) : c);
            }
        }
        pieces.add(piece.toString());
        return pieces;
    }
}
