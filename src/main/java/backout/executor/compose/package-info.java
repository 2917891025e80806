/**
 * Rolls back one service of a Docker Compose project. Imports the core and the means. Start at
 * {@link backout.executor.compose.ComposeExecutor}, then {@link backout.executor.compose.Planner}
 * for what is decided and {@link backout.executor.compose.UpMove} for the downtime.
 */
@NullMarked
package backout.executor.compose;

import org.jspecify.annotations.NullMarked;
