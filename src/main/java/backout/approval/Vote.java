package backout.approval;

import java.time.Instant;

/**
 * What somebody decided about a plan.
 *
 * @param plan the hash the vote is for; a vote for another plan does not count
 * @param level the level the person had when they voted
 * @param via the face that it came from: {@code slack}, {@code console}, {@code host root}; empty
 *     in older journals
 * @param saw the hash of the plan that they were shown where they said it, or that they named;
 *     empty where they named none, and in older journals
 */
public record Vote(
        Instant at,
        String by,
        int level,
        boolean yes,
        String plan,
        String reason,
        String via,
        String saw) {
    /** The same about a plan of which this hash is an older name. */
    public Vote on(String hash) {
        return new Vote(at, by, level, yes, hash, reason, via, saw);
    }

    /** One of which nobody knows what they saw. */
    public Vote(
            Instant at, String by, int level, boolean yes, String plan, String reason, String via) {
        this(at, by, level, yes, plan, reason, via, "");
    }

    /** One of which nobody knows whence it came. */
    public Vote(Instant at, String by, int level, boolean yes, String plan, String reason) {
        this(at, by, level, yes, plan, reason, "", "");
    }
}
