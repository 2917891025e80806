/**
 * The run: a rollback from the typed words to its outcome, folded from journalled events. {@link
 * backout.run.Run} is what happened, {@link backout.run.Course} says where it goes next, {@link
 * backout.run.Runner} does it, an {@link backout.run.Executor} knows how. Imports problem, check,
 * plan, approval and command; the journal and the leases are ports that a store implements. Start
 * at {@link backout.run.RunEvent}, then {@link backout.run.Course}.
 */
@NullMarked
package backout.run;

import org.jspecify.annotations.NullMarked;
