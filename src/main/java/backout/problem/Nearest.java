package backout.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known word nearest to {@code word}; empty when none is near enough to be worth a
     * suggestion. Case does not count.
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String cut = word.substring(0, Math.min(word.length(), 100)).toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distanceTo(candidate, cut)))
                .filter(best -> distanceTo(best, cut) <= allowed(best));
    }

    private static int distanceTo(String candidate, String word) {
        return distance(word, candidate.toLowerCase(Locale.ROOT));
    }

    /** Two edits make any two letters out of any two others. */
    private static int allowed(String best) {
        return best.length() <= 3 ? 1 : Math.max(2, best.length() / 3);
    }

    /** Edits between the two, a swap of neighbours counting as one (optimal string alignment). */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
