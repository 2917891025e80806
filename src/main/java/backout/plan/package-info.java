/**
 * What would be done: targets, releases and why one of them is chosen, and the plan with its hash.
 * Pure data and pure decisions; imports problem, chat and check. Start at {@link
 * backout.plan.Plan}, then {@link backout.plan.Ledger}.
 */
@NullMarked
package backout.plan;

import org.jspecify.annotations.NullMarked;
