package backout.target.compose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/** As much of a log's end as is worth keeping: the journal never forgets, and people read it. */
final class LogTail {
    static final int MAX_LINE = 2_000;
    static final int MAX_BYTES = 64 << 10;

    private LogTail() {}

    /** The last lines, each cut; without secrets already. */
    static List<String> of(List<String> lines) {
        var kept = new ArrayDeque<String>();
        int bytes = 0;
        for (String line : lines.reversed()) {
            String cut = cut(line);
            bytes += cut.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MAX_BYTES) {
                break;
            }
            kept.addFirst(cut);
        }
        return List.copyOf(kept);
    }

    private static String cut(String line) {
        if (line.length() <= MAX_LINE) {
            return line;
        }
        int end = MAX_LINE - 1;
        boolean splits = Character.isHighSurrogate(line.charAt(end - 1));
        return line.substring(0, splits ? end - 1 : end) + "…";
    }
}
