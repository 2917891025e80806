package backout.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How it is made sure that somebody means what they press; each is stricter than the one before.
 */
public enum Risk {
    /** A press is enough. */
    BUTTON,
    /** It is asked back once. */
    DIALOG,
    /** They type what it is about. */
    TYPED;

    /** As files write them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Risk::toString).toList();
    }

    /**
     * @throws IllegalArgumentException when it is none of {@link #words}
     */
    public static Risk of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The stricter of both. */
    public Risk or(Risk other) {
        return compareTo(other) < 0 ? other : this;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
