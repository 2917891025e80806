/**
 * The run: a rollback from the typed words to its outcome, folded from journalled events. {@link
 * backout.run.Run#next} decides, {@link backout.run.Runner} does, an {@link backout.run.Executor}
 * knows how. Imports problem, check, plan, approval and command; the journal and the leases are
 * ports that a store implements. Start at {@link backout.run.RunEvent}, then {@link
 * backout.run.Run}.
 */
@NullMarked
package backout.run;

import org.jspecify.annotations.NullMarked;
