package backout.bench;

import java.util.Locale;

/**
 * What a benchmark must reach.
 *
 * @param name as in {@code P9: …}
 * @param seen what was measured
 * @param most what is allowed
 */
record Goal(String name, double seen, double most) {
    boolean isMet() {
        return seen <= most;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %.3f, allowed %.3f: %s",
                name,
                seen,
                most,
                isMet() ? "met" : "MISSED");
    }
}
