package backout.archive;

import java.time.Duration;

/**
 * What a backup may use.
 *
 * @param workers threads that compress beside the one that reads; 0 compresses in the reading
 *     thread
 * @param keepFree bytes that stay free at the destination, checked before and while writing
 * @param within longest time for the whole backup
 */
public record Budget(int workers, long keepFree, Duration within) {
    public Budget {
        if (workers < 0 || keepFree < 0 || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "no budget: " + workers + ", " + keepFree + ", " + within);
        }
    }
}
