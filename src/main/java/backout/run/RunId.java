package backout.run;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a run, short enough to be typed at 3 a.m.: five letters and digits that cannot be
 * mistaken.
 */
public record RunId(String text) {
    private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("[" + LETTERS + "]{5}");

    public RunId {
        if (!isRunId(text)) {
            throw new IllegalArgumentException(
                    "a run id is five letters and digits like 7F3KQ, not " + text);
        }
    }

    public static RunId random(RandomGenerator random) {
        var text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new RunId(text.toString());
    }

    public static boolean isRunId(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
