package backout.chat.console;

import org.jline.utils.WCWidth;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How many columns of a terminal a text takes, and how it is broken into lines. */
final class Columns {
    /** What a reader takes for one character: a letter with its accents, a family of emoji. */
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    private static final int EMOJI_STYLE = 0xFE0F;

    /** Chinese and Japanese typography: these never begin a line. */
    private static final String NEVER_FIRST = "、。，．：；！？）」』】》〉…";

    private Columns() {}

    static int of(String text) {
        return clusters(text).stream().mapToInt(Columns::ofCluster).sum();
    }

    private static List<String> clusters(String text) {
        return CLUSTER.matcher(text).results().map(MatchResult::group).toList();
    }

    private static int ofCluster(String cluster) {
        return cluster.codePoints().map(Columns::ofPoint).max().orElse(0);
    }

    private static int ofPoint(int point) {
        return point == EMOJI_STYLE || Character.isEmojiPresentation(point)
                ? 2
                : Math.max(0, WCWidth.wcwidth(point));
    }

    /** The text with spaces behind it up to the width. */
    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /**
     * Broken at spaces and between wide characters; a word that is too long is cut.
     *
     * @param width at least 2: the widest character
     * @return at least one line, none wider than the width
     */
    static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new ArrayList<String>();
        int columns = 0;
        for (String cluster : clusters(text)) {
            columns += ofCluster(cluster);
            line.add(cluster);
            if (columns > width && !cluster.isBlank()) {
                int cut = cut(line);
                lines.add(String.join("", line.subList(0, cut)).stripTrailing());
                line.subList(0, cut).clear();
                columns = line.stream().mapToInt(Columns::ofCluster).sum();
            }
        }
        String last = String.join("", line).stripTrailing();
        if (lines.isEmpty() || !last.isEmpty()) {
            lines.add(last);
        }
        return lines;
    }

    /** How many clusters stay on a line whose last one is too much. */
    private static int cut(List<String> line) {
        for (int at = line.size() - 1; at > 0; at--) {
            if (mayBreak(line.get(at - 1), line.get(at))) {
                return at;
            }
        }
        return Math.max(1, line.size() - 1);
    }

    private static boolean mayBreak(String before, String after) {
        if (before.isBlank()) {
            return !after.isBlank();
        }
        boolean wide = ofCluster(before) > 1 || ofCluster(after) > 1;
        return wide && !after.isBlank() && !NEVER_FIRST.contains(after);
    }
}
