package backout.init;

import backout.plan.TargetName;

import java.util.Collection;
import java.util.Locale;

/** Makes names that the configuration takes out of whatever something is called. */
final class Words {
    private static final int LONGEST = 50;

    private Words() {}

    /** A lower-case word near to the text; {@code other} where nothing of it can stay. */
    static String of(String text, String other) {
        String word =
                text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        String kept = word.substring(0, Math.min(word.length(), LONGEST));
        return TargetName.isWord(kept) ? kept : other;
    }

    /** The word, with a number behind it where it is taken. */
    static String free(String word, Collection<String> taken) {
        String free = word;
        for (int number = 2; taken.contains(free); number++) {
            free = word + "-" + number;
        }
        return free;
    }
}
