package backout.chat.slack;

import backout.report.Say;

import java.util.ArrayList;
import java.util.List;

/** As many lines as there is room for, and a note of how many are left out. */
final class Excerpt {
    private Excerpt() {}

    /** From the beginning on, at least one. */
    static List<String> first(List<String> lines, int room) {
        int shown = fitting(lines, room);
        var kept = new ArrayList<>(lines.subList(0, shown));
        if (shown < lines.size()) {
            kept.add("… " + Say.count(lines.size() - shown, "more line"));
        }
        return kept;
    }

    /** Up to the end, at least one. */
    static List<String> last(List<String> lines, int room) {
        int shown = fitting(lines.reversed(), room);
        var kept = new ArrayList<>(lines.subList(lines.size() - shown, lines.size()));
        if (shown < lines.size()) {
            kept.addFirst("… " + Say.count(lines.size() - shown, "line") + " before");
        }
        return kept;
    }

    private static int fitting(List<String> lines, int room) {
        int shown = 0;
        int used = 0;
        while (shown < lines.size()) {
            used += lines.get(shown).length() + 1;
            if (shown > 0 && used > room) {
                return shown;
            }
            shown++;
        }
        return shown;
    }
}
