package backout.chat;

import backout.language.Language;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;

/** What is said about a message by whoever draws it, in the reader's language. */
public record Words(Language language) {
    /** Below this a note would take more room than what it stands for. */
    private static final int ROOM_FOR_NOTE = 40;

    public String say(Phrase phrase) {
        return language.say(phrase);
    }

    /** At most {@code most} characters, and how many are left out where there were more. */
    public String cut(String text, int most) {
        if (text.length() <= most || most < ROOM_FOR_NOTE) {
            return PlainText.brief(text, most);
        }
        String kept = PlainText.head(text, most - note(text.length()).length());
        return kept + note(text.length() - kept.length());
    }

    private String note(int left) {
        return " " + say(Phrase.count(left, "… {0} more character", "… {0} more characters"));
    }

    /** As many lines as there is room for from the beginning on, at least one. */
    public List<String> first(List<String> lines, int room) {
        int shown = fitting(lines, room);
        var kept = new ArrayList<>(lines.subList(0, shown));
        if (shown < lines.size()) {
            kept.add(moreLines(lines.size() - shown));
        }
        return kept;
    }

    /** As many lines as there is room for up to the end, at least one. */
    public List<String> last(List<String> lines, int room) {
        int shown = fitting(lines.reversed(), room);
        var kept = new ArrayList<>(lines.subList(lines.size() - shown, lines.size()));
        if (shown < lines.size()) {
            kept.addFirst(
                    say(
                            Phrase.count(
                                    lines.size() - shown,
                                    "… {0} line before",
                                    "… {0} lines before")));
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

    public String moreLines(int left) {
        return say(Phrase.count(left, "… {0} more line", "… {0} more lines"));
    }
}
