package backout.plan;

import java.util.regex.Pattern;

/**
 * A target as people name it: {@code compose/claude-relay}. The kind says which executor rolls it
 * back.
 */
public record TargetName(String kind, String name) implements Comparable<TargetName> {
    /** A regular expression for both parts of a name. */
    public static final String FORM = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final Pattern WORD = Pattern.compile(FORM);

    public TargetName {
        if (!isWord(kind) || !isWord(name)) {
            throw new IllegalArgumentException(
                    "a target name is kind/name in lower-case words, not " + kind + "/" + name);
        }
    }

    /**
     * @param text {@code kind/name}
     */
    public static TargetName of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("a target name is kind/name, not " + text);
        }
        return new TargetName(text.substring(0, slash), text.substring(slash + 1));
    }

    public static boolean isWord(String text) {
        return WORD.matcher(text).matches();
    }

    @Override
    public int compareTo(TargetName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
