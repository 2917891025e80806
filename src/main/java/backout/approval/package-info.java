/**
 * Who may let a plan happen: people with levels, the policy of a target, votes and the decision
 * that follows from them. Pure: votes and time in, decision out. Start at {@link
 * backout.approval.Policy}.
 */
@NullMarked
package backout.approval;

import org.jspecify.annotations.NullMarked;
