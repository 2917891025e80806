package backout.chat.slack;

import backout.language.Phrase;

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
            kept.add("… " + Phrase.count(lines.size() - shown, "{0} more line", "{0} more lines"));
        }
        return kept;
    }

    /** Up to the end, at least one. */
    static List<String> last(List<String> lines, int room) {
        int shown = fitting(lines.reversed(), room);
        var kept = new ArrayList<>(lines.subList(lines.size() - shown, lines.size()));
        if (shown < lines.size()) {
            kept.addFirst(
                    "… " + Phrase.count(lines.size() - shown, "{0} line", "{0} lines") + " before");
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
