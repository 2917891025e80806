package backout.approval;

import java.time.Instant;

/**
 * What somebody decided about a plan.
 *
 * @param plan the hash the vote is for; a vote for another plan does not count
 * @param level the level the person had when they voted
 */
public record Vote(Instant at, String by, int level, boolean yes, String plan, String reason) {}
