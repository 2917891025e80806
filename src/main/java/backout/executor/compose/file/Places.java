package backout.executor.compose.file;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where in a text a line or a character stands, found without counting from its beginning. */
final class Places {
    private final int[] lineEnds;

    /** The code point index of each character that takes two places of the text. */
    private final int[] wide;

    Places(String text) {
        this.lineEnds =
                IntStream.range(0, text.length()).filter(at -> text.charAt(at) == '\n').toArray();
        int[] pairs =
                IntStream.range(0, text.length())
                        .filter(at -> Character.isHighSurrogate(text.charAt(at)))
                        .toArray();
        this.wide = IntStream.range(0, pairs.length).map(nth -> pairs[nth] - nth).toArray();
    }

    /** Of this index of the text, counted from 1. */
    int line(int index) {
        return 1 + before(lineEnds, index);
    }

    /** Where in the text the code point of that index stands. */
    int index(int codePoint) {
        return codePoint + before(wide, codePoint);
    }

    /** How many of them are smaller. */
    private static int before(int[] sorted, int limit) {
        int found = Arrays.binarySearch(sorted, limit);
        return found < 0 ? -found - 1 : found;
    }
}
